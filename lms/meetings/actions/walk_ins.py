"""People who came without being on the list."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from lms.formats.text import clean_line
from lms.meetings.actions.attendance import NotOnTheList, mark_attendance
from lms.meetings.methods.halves import NOON
from lms.meetings.models import Attendance, Enrolment, Meeting, WalkIn
from lms.people.actions import record


@transaction.atomic
def note_walk_in(*, meeting, by, now: datetime, name: str = "", municipality=None, enrolment=None) -> WalkIn:
    """Write down who came: somebody of the cohort is marked at once, a mere name waits for a coordinator.

    The same name again is the same person.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    name = clean_line(enrolment.person.name if enrolment else name)[:150]
    walk_in, is_new = WalkIn.objects.get_or_create(
        meeting=meeting,
        name=name,
        defaults={
            "municipality": municipality or (enrolment and enrolment.municipality),
            "noted_by": by,
            "noted_at": now,
        },
    )
    if is_new:
        record(by=by, verb="note_walk_in", about=walk_in, now=now)
    return merge_walk_in(walk_in=walk_in, enrolment=enrolment, by=by, now=now) if enrolment else walk_in


@transaction.atomic
def merge_walk_in(*, walk_in, enrolment, by, now: datetime) -> WalkIn:
    """Say whose name it was: it becomes a mark, from the half day on in which the person was noted."""
    meeting = Meeting.objects.select_for_update().get(pk=walk_in.meeting_id)
    walk_in = WalkIn.objects.select_for_update().get(pk=walk_in.pk)
    if enrolment.cohort_id != meeting.cohort_id or enrolment.state != Enrolment.State.ENROLLED:
        raise NotOnTheList
    if walk_in.enrolment_id is None:
        walk_in.enrolment = enrolment
        walk_in.save(update_fields=["enrolment"])
        gaps = [(enrolment.pk, half) for half in _halves_from(meeting, walk_in.noted_at)]
        mark_attendance(meeting=meeting, marks={}, gaps=gaps, by=by, now=now)
        record(by=by, verb="merge_walk_in", about=walk_in, now=now)
    return walk_in


def _halves_from(meeting: Meeting, noted_at: datetime) -> list[str]:
    """Who is noted in the afternoon of the day itself was not there in the morning; noted later, for all of it."""
    is_afternoon = meeting.starts_at <= noted_at <= meeting.ends_at and localtime(noted_at).time() >= NOON
    if is_afternoon and Attendance.Half.AFTERNOON in meeting.halves:
        return [Attendance.Half.AFTERNOON]
    return meeting.halves
