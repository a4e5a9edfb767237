from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

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


@transaction.atomic
def answer_invitation(*, invitee, answer: str, by, now: datetime) -> Invitee:
    """Coming, perhaps or not coming. The same answer again changes nothing."""
    if invitee.answer != answer:
        invitee.answer = Invitee.Answer(answer)
        invitee.answered_at = now
        invitee.save(update_fields=["answer", "answered_at"])
        record(by=by, verb="answer_invitation", about=invitee, now=now)
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
    invitee.personal_sequence = take_number(meeting)
    invitee.save()
    _tell(meeting, [invitee.person], "meetings.invited", invitee.personal_sequence, now)


def _tell(meeting: Meeting, people: list, occasion: str, number: int, now: datetime) -> None:
    if people and meeting.ends_at > now:
        notify(
            recipients=people, occasion=occasion, about=meeting, revision=number, now=now, outbox=meeting.cohort.outbox
        )
