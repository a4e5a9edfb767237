"""What a mail from a calendar program does: it answers, it waits to be confirmed, or it is refused with a reason."""

from datetime import datetime
from email.message import Message

from django.conf import settings
from django.db import transaction

from lms.formats.mails import UnreadableMail, is_automatic, read_mail, sender_of, vouched_for
from lms.formats.text import clean_line
from lms.meetings import rules
from lms.meetings.actions.invitations import answer_invitation
from lms.meetings.itip import NotAReply, Reply, reply_in
from lms.meetings.models import Invitee, Meeting, RefusedMail
from lms.notifications.actions import notify

ANSWERS: dict[str, str] = {
    "ACCEPTED": Invitee.Answer.ACCEPTED,
    "TENTATIVE": Invitee.Answer.TENTATIVE,
    "DECLINED": Invitee.Answer.DECLINED,
}
Reason = RefusedMail.Reason


class MailRefused(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The mail was not acted on; ``reason`` is one of :class:`RefusedMail.Reason`."""

    def __init__(self, reason: str, meeting: Meeting | None = None):
        super().__init__(str(reason))
        self.reason, self.meeting = Reason(reason), meeting


def receive_reply(*, raw: bytes, now: datetime) -> Invitee:
    """Act on a mail that may be an answer. What is refused is kept in the list of refused mails.

    :raises MailRefused: with the reason.
    """
    sender = sender_of(raw)
    try:
        return _take(raw, sender, now)
    except MailRefused as refused:
        cohort = refused.meeting.cohort if refused.meeting else None
        RefusedMail.objects.create(cohort=cohort, sender=clean_line(sender), reason=refused.reason, received_at=now)
        raise


@transaction.atomic
def _take(raw: bytes, sender: str, now: datetime) -> Invitee:
    try:
        message = read_mail(raw)
        reply = reply_in(message)
    except UnreadableMail as error:
        raise MailRefused(Reason.UNREADABLE) from error
    except NotAReply as error:
        raise MailRefused(error.reason) from error
    if reply.partstat not in ANSWERS:
        raise MailRefused(Reason.UNSUPPORTED)
    invitee = _invitee(reply, sender)
    _check(reply, invitee, now)
    return _count(message, reply, invitee, sender, now)


def _invitee(reply: Reply, sender: str) -> Invitee:
    """The invitation of the one who writes, locked; nobody answers for somebody else."""
    meeting = Meeting.objects.select_for_update().filter(uid=reply.uid).first()
    if meeting is None:
        raise MailRefused(Reason.UNKNOWN_MEETING)
    invitees = Invitee.objects.active().select_related("meeting__cohort", "person")
    invitee = invitees.filter(meeting=meeting, person__email__iexact=sender).first() if sender else None
    if invitee is None:
        raise MailRefused(Reason.NOT_INVITED, meeting)
    if reply.attendee != sender:
        raise MailRefused(Reason.OTHER_ATTENDEE, meeting)
    return invitee


def _check(reply: Reply, invitee: Invitee, now: datetime) -> None:
    if not rules.can_answer(invitee, now):
        raise MailRefused(Reason.OVER, invitee.meeting)
    if reply.sequence > invitee.sequence:
        raise MailRefused(Reason.UNKNOWN_SEQUENCE, invitee.meeting)
    if reply.sequence < invitee.sequence:
        raise MailRefused(Reason.SUPERSEDED, invitee.meeting)
    # A calendar writes whole seconds: an answer within the second of the last one is no older.
    latest = invitee.reply_stamp and invitee.reply_stamp.replace(microsecond=0)
    if latest and reply.dtstamp < latest:
        raise MailRefused(Reason.OUTDATED, invitee.meeting)


def _count(message: Message, reply: Reply, invitee: Invitee, sender: str, now: datetime) -> Invitee:
    """At once where the mail gate vouches for the sender; else when the person confirms it."""
    answer = ANSWERS[reply.partstat]
    domain = sender.rpartition("@")[2]
    if vouched_for(message, domain=domain, authserv_id=settings.MAIL_AUTHSERV_ID):
        # A clock that runs ahead must not outdate every later answer.
        return answer_invitation(
            invitee=invitee, answer=answer, by=invitee.person, now=now, stamp=min(reply.dtstamp, now)
        )
    if answer != invitee.answer:
        _keep_unconfirmed(invitee, answer, is_answerable=not is_automatic(message), now=now)
    return invitee


def _keep_unconfirmed(invitee: Invitee, answer: str, *, is_answerable: bool, now: datetime) -> None:
    invitee.unconfirmed_answer = answer
    invitee.save(update_fields=["unconfirmed_answer"])
    if is_answerable:
        notify(
            recipients=[invitee.person],
            occasion="meetings.confirm_answer",
            about=invitee.meeting,
            revision=invitee.sequence,
            now=now,
            outbox=invitee.meeting.cohort.outbox,
        )


def forget_refused_mails(*, before: datetime) -> int:
    """Who wrote to us in vain is nobody's business for long."""
    return RefusedMail.objects.filter(received_at__lt=before).delete()[0]
