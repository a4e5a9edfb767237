from datetime import datetime

from django.db import transaction

from lms.meetings.models import Attendance, Meeting
from lms.people.actions import record

MARK = ["state", "marked_by", "marked_at"]
TIMES = ["arrived_at", "left_at"]


class NotOnTheList(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Somebody was marked who has no seat in this meeting's cohort."""


@transaction.atomic
def mark_attendance(*, meeting, marks: dict[tuple[int, str], str], by, now: datetime) -> int:
    """Note who was there, half day by half day; returns how many marks are new. The same list again changes nothing."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _check_seats(meeting, {enrolment for enrolment, _half in marks})
    known = {(mark.enrolment_id, mark.half): mark.state for mark in meeting.attendance.all()}
    new = [
        Attendance(meeting=meeting, enrolment_id=enrolment, half=half, state=state, marked_by=by, marked_at=now)
        for (enrolment, half), state in marks.items()
        if known.get((enrolment, half)) != state
    ]
    # A new state has no arrival and departure yet: they belonged to the old one.
    Attendance.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["meeting", "enrolment", "half"], update_fields=[*MARK, *TIMES]
    )
    if new:
        record(by=by, verb="mark_attendance", about=meeting, now=now)
    return len(new)


def _check_seats(meeting: Meeting, enrolments: set[int]) -> None:
    if meeting.cohort.enrolments.filter(pk__in=enrolments).count() != len(enrolments):
        raise NotOnTheList
