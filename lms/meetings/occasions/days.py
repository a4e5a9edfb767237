"""What there is to tell about meetings. Right and state are asked again here, just before the mail goes."""

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from lms.meetings import ical, rules
from lms.meetings.methods.differences import differences
from lms.meetings.models import Invitee
from lms.meetings.queries.answers import answer_token
from lms.notifications.methods import CalendarPart, Mail, Occasion, register

PARTSTAT: dict[str, str] = {
    Invitee.Answer.NONE: "NEEDS-ACTION",
    Invitee.Answer.ACCEPTED: "ACCEPTED",
    Invitee.Answer.TENTATIVE: "TENTATIVE",
    Invitee.Answer.DECLINED: "DECLINED",
}


def invited(notice, now: datetime) -> Mail | None:
    """The meeting as it is now, unless a later message has told of it already."""
    invitee = _invitee(notice)
    if invitee is None or not _may_be_asked(invitee, now) or _knows(invitee):
        return None
    return _request(notice, invitee, now, "meetings.invited")


def changed(notice, now: datetime) -> Mail | None:
    """Only the latest revision is told of; one who has heard of no earlier one is simply invited."""
    invitee = _invitee(notice)
    if invitee is None or not _may_be_asked(invitee, now) or _knows(invitee):
        return None
    if notice.revision != invitee.meeting.revision:
        return None
    if invitee.last_revision_sent is None:
        return _request(notice, invitee, now, "meetings.invited")
    before = invitee.meeting.revisions.get(number=invitee.last_revision_sent)
    new = differences(before, invitee.meeting)
    return _request(notice, invitee, now, "meetings.changed", before=before, differences=new)


def cancelled(notice, now: datetime) -> Mail | None:
    """Also to one whose invitation still waits: it may have arrived without our knowing."""
    invitee = _invitee(notice)
    if invitee is None or invitee.is_removed or not invitee.meeting.is_cancelled:
        return None
    return _cancel(notice, invitee, now, "meetings.cancelled", invitee.meeting.sequence)


def uninvited(notice, now: datetime) -> Mail | None:
    invitee = _invitee(notice)
    if invitee is None or not invitee.is_removed or notice.revision != invitee.personal_sequence:
        return None
    return _cancel(notice, invitee, now, "meetings.uninvited", invitee.personal_sequence)


def confirm_answer(notice, now: datetime) -> Mail | None:
    """An answer came by mail, and the mail gate could not vouch for its sender: the link lets them say so again."""
    invitee = _invitee(notice)
    if invitee is None or not _may_be_asked(invitee, now) or invitee.sequence != notice.revision:
        return None
    if not invitee.unconfirmed_answer:
        return None
    unconfirmed = Invitee.Answer(invitee.unconfirmed_answer)
    context = {"invitee": invitee, "meeting": invitee.meeting, "answer_url": answer_url(invitee), "now": now}
    return Mail("meetings.confirm_answer", {**context, "unconfirmed": unconfirmed.label})


def remember(notice, _now: datetime) -> None:
    """Keep what this person's calendar was last told, as it was when the mail was written."""
    revision, sequence = notice.__dict__["_told"]
    Invitee.objects.filter(meeting=notice.object_id, person=notice.recipient_id).update(
        last_revision_sent=revision, last_sequence_sent=sequence
    )


def _invitee(notice) -> Invitee | None:
    invitees = Invitee.objects.select_related("meeting__cohort__course__provider", "person")
    return invitees.filter(meeting=notice.object_id, person=notice.recipient_id).first()


def _may_be_asked(invitee: Invitee, now: datetime) -> bool:
    """Expected, and not somebody whose last membership has ended."""
    return rules.is_expected(invitee, now) and _still_belongs(invitee.person, now)


def _still_belongs(person, now: datetime) -> bool:
    """Also one whose first membership begins later: the invitation comes before the first working day."""
    return person.memberships.exclude(end_date__lt=localdate(now)).exists()


def _knows(invitee: Invitee) -> bool:
    told = invitee.last_revision_sent == invitee.meeting.revision
    return told and (invitee.last_sequence_sent or 0) >= invitee.sequence


def _request(notice, invitee: Invitee, now: datetime, template: str, **context) -> Mail:
    sequence = invitee.sequence
    body = ical.request(
        invitee.meeting.vevent,
        sequence=sequence,
        now=now,
        organiser=_organiser(),
        attendee=_attendee(invitee),
        partstat=PARTSTAT[invitee.answer],
    )
    _note(notice, invitee.meeting.revision, sequence)
    return _mail(invitee, now, template, CalendarPart("REQUEST", body), **context)


def _cancel(notice, invitee: Invitee, now: datetime, template: str, sequence: int) -> Mail | None:
    """Nobody is told twice, nor of what is over, nor after the account was closed."""
    if (invitee.last_sequence_sent or 0) >= sequence or invitee.meeting.ends_at <= now or not invitee.person.is_active:
        return None
    body = ical.cancel(
        invitee.meeting.vevent, sequence=sequence, now=now, organiser=_organiser(), attendee=_attendee(invitee)
    )
    _note(notice, None, sequence)
    return _mail(invitee, now, template, CalendarPart("CANCEL", body))


def _note(notice, revision: int | None, sequence: int) -> None:
    """For ``remember``: by then the meeting may have changed again. A cleared calendar knows no revision."""
    notice.__dict__["_told"] = (revision, sequence)


def _mail(invitee: Invitee, now: datetime, template: str, calendar: CalendarPart, **context) -> Mail:
    meeting = invitee.meeting
    url = settings.BASE_URL + reverse("meetings:meeting", args=[meeting.pk])
    context |= {"invitee": invitee, "meeting": meeting, "url": url, "answer_url": answer_url(invitee), "now": now}
    return Mail(template, context, calendar)


def answer_url(invitee: Invitee) -> str:
    """Where the one who got the mail answers without signing in; a trainer is not asked."""
    if invitee.role == Invitee.Role.TRAINER:
        return ""
    return settings.BASE_URL + reverse("meetings:answer_by_link", args=[answer_token(invitee)])


def _organiser() -> ical.Party:
    return ical.Party(*parseaddr(settings.DEFAULT_FROM_EMAIL))


def _attendee(invitee: Invitee) -> ical.Party:
    return ical.Party(invitee.person.name, invitee.person.email)


register(Occasion("meetings.invited", invited, remember))
register(Occasion("meetings.changed", changed, remember))
register(Occasion("meetings.confirm_answer", confirm_answer))
register(Occasion("meetings.cancelled", cancelled, remember))
register(Occasion("meetings.uninvited", uninvited, remember))
