from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lms.meetings import rules
from lms.meetings.models import Invitee, Meeting
from lms.notifications.actions import notify
from lms.people.actions import record


@transaction.atomic
def invite_guest(*, meeting, person, by, now: datetime) -> Invitee:
    """Ask somebody from outside the cohort to one meeting. Asking twice is one invitation."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    invite(meeting=meeting, people=[person], role=Invitee.Role.GUEST, now=now)
    record(by=by, verb="invite_guest", about=meeting, now=now)
    return meeting.invitees.get(person=person)


class DayHasChanged(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The answer is about another time than the one that holds now, or about a day that takes no answers."""


@transaction.atomic
def answer_invitation(
    *,
    invitee,
    answer: str,
    by,
    now: datetime,
    reason: str = "",
    sequence: int | None = None,
    stamp: datetime | None = None,
) -> Invitee:
    """Coming, perhaps, or not coming and why. The same answer again changes nothing.

    ``sequence`` is what the answer was given to, where that may be long ago; ``stamp`` when a calendar wrote it.
    """
    answer = Invitee.Answer(answer)
    Meeting.objects.select_for_update().get(pk=invitee.meeting_id)
    invitee = Invitee.objects.select_related("meeting__cohort__course", "person").get(pk=invitee.pk)
    if sequence is not None and (sequence != invitee.sequence or not rules.can_answer(invitee, now)):
        raise DayHasChanged
    reason = reason if answer == Invitee.Answer.DECLINED else ""
    is_new = (invitee.answer, invitee.answer_reason) != (answer, reason)
    # A calendar that repeats a »no« without words does not wipe out the words given here.
    if is_new and not (stamp and invitee.answer == answer):
        invitee.answer, invitee.answer_reason, invitee.answered_at = answer, reason, now
        record(by=by, verb="answer_invitation", about=invitee, now=now)
    invitee.reply_stamp, invitee.unconfirmed_answer = stamp or now, ""
    invitee.save(update_fields=["answer", "answer_reason", "answered_at", "reply_stamp", "unconfirmed_answer"])
    return invitee


def invite(*, meeting: Meeting, people: Iterable, role: str, now: datetime) -> None:
    """Put ``people`` on a meeting whose row the caller has locked; those on it already stay as they are."""
    known = {invitee.person_id: invitee for invitee in meeting.invitees.all()}
    unknown = [person for person in people if person.pk not in known]
    Invitee.objects.bulk_create([Invitee(meeting=meeting, person=person, role=role) for person in unknown])
    _tell(meeting, unknown, "meetings.invited", meeting.sequence, now)
    for person in people:
        if person.pk in known and known[person.pk].is_removed:
            _invite_again(meeting, known[person.pk], role, now)


def uninvite(*, meeting: Meeting, person, now: datetime) -> None:
    """Take one person off a meeting whose row the caller has locked; only that person's calendar is cleared."""
    number = take_number(meeting)
    meeting.invitees.filter(person=person).update(is_removed=True, personal_sequence=number)
    _tell(meeting, [person], "meetings.uninvited", number, now)


def take_number(meeting: Meeting) -> int:
    """The next SEQUENCE of a meeting whose row the caller has locked. No number is ever taken twice."""
    meeting.highest_sequence += 1
    Meeting.objects.filter(pk=meeting.pk).update(highest_sequence=meeting.highest_sequence)
    return meeting.highest_sequence


def _invite_again(meeting: Meeting, invitee: Invitee, role: str, now: datetime) -> None:
    """A calendar that was told to forget the meeting listens to a higher number only."""
    invitee.role, invitee.is_removed = role, False
    invitee.answer, invitee.answered_at = Invitee.Answer.NONE, None
    invitee.answer_reason = invitee.unconfirmed_answer = ""
    invitee.reply_stamp = None
    invitee.personal_sequence = take_number(meeting)
    invitee.save()
    _tell(meeting, [invitee.person], "meetings.invited", invitee.personal_sequence, now)


def _tell(meeting: Meeting, people: list, occasion: str, number: int, now: datetime) -> None:
    if people and meeting.ends_at > now:
        notify(
            recipients=people, occasion=occasion, about=meeting, revision=number, now=now, outbox=meeting.cohort.outbox
        )
