from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lms.meetings.actions.invitations import invite, uninvite
from lms.meetings.actions.meetings import ChangedMeanwhile, MeetingIsCancelled
from lms.meetings.models import Cohort, Invitee, Meeting
from lms.people.actions import record


@transaction.atomic
def set_trainers(*, meeting, trainers: Iterable, by, now: datetime, seen: frozenset[int] | None = None) -> Meeting:
    """Let exactly ``trainers`` lead a meeting: new ones are invited, the others' calendars cleared.

    A group's supervisor always stays. Those who lead it already hear nothing. ``seen`` are those who led it when the
    person looked; :raises ChangedMeanwhile: when others do by now.

    :raises MeetingIsCancelled: nobody leads what is called off.
    """
    Cohort.objects.select_for_update().get(pk=meeting.cohort_id)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.is_cancelled:
        raise MeetingIsCancelled
    wanted = {person.pk: person for person in [*trainers, *([meeting.group.supervisor] if meeting.group else [])]}
    leading = meeting.invitees.active().filter(role=Invitee.Role.TRAINER)
    present = {invitee.person_id: invitee.person for invitee in leading.select_related("person")}
    if seen is not None and seen != present.keys():
        raise ChangedMeanwhile
    if wanted.keys() != present.keys():
        for gone in present.keys() - wanted.keys():
            uninvite(meeting=meeting, person=present[gone], now=now)
        invite(meeting=meeting, people=wanted.values(), role=Invitee.Role.TRAINER, now=now)
        record(by=by, verb="set_trainers", about=meeting, now=now)
    return meeting
