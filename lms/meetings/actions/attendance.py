from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lms.meetings.methods.marks import Mark, Place
from lms.meetings.models import Attendance, AttendanceChange, Enrolment, Invitee, Meeting
from lms.people.actions import record

REPLACED = ["state", "arrived_at", "left_at", "presented_case", "is_own", "marked_by", "marked_at"]


class NotOnTheList(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Somebody was marked who has no seat in this meeting's cohort, and is no guest of the day."""


class MarkedMeanwhile(Exception):  # noqa: N818
    """Another trainer has marked the same half day otherwise since the page was shown; nothing has been stored."""

    def __init__(self, places: dict[Place, Attendance]):
        super().__init__(places)
        self.places = places


@transaction.atomic
def mark_attendance(
    *,
    meeting,
    marks: Mapping[Place, Mark | str],
    by,
    now: datetime,
    seen: Mapping[Place, Mark] | None = None,
    gaps: Collection[Place] = (),
    cases: Mapping[int, bool] | None = None,
) -> int:
    """Note who was there, half day by half day; returns how many marks are new. The same list again changes nothing.

    ``seen`` is what the page showed: a half day the person left as it was keeps what somebody else has set meanwhile.
    ``gaps`` are marked present where nobody has marked anything. ``cases`` tells who presented a case of their own.

    :raises MarkedMeanwhile: when two people say different things of one half day.
    """
    meeting = Meeting.objects.select_for_update().select_related("cohort").get(pk=meeting.pk)
    wanted = {place: mark if isinstance(mark, Mark) else Mark(mark) for place, mark in marks.items()}
    _check_seats(meeting, {enrolment for enrolment, _half in [*wanted, *gaps]} | set(cases or ()))
    known = {(row.enrolment_id, row.half): row for row in meeting.attendance.select_related("marked_by")}
    if seen is not None:
        wanted = {place: mark for place, mark in wanted.items() if mark != seen.get(place, Mark())}
        _check_conflicts(wanted, seen, known)
    wanted |= {place: Mark(Attendance.State.PRESENT) for place in gaps if place not in known and place not in wanted}
    new = {place: mark for place, mark in wanted.items() if _differs(known.get(place), mark)}
    _store(meeting, new, known, by, now)
    presented = _tick_cases(meeting, cases or {})
    if new or presented:
        record(by=by, verb="mark_attendance", about=meeting, now=now)
    return len(new)


def mark_of(row: Attendance | None) -> Mark:
    return Mark(row.state, row.arrived_at, row.left_at) if row else Mark()


def _differs(row: Attendance | None, mark: Mark) -> bool:
    """Also when the kursist said the same: from now on it is the trainer's word."""
    return mark_of(row) != mark or (row is not None and row.is_own)


def _check_conflicts(wanted, seen, known) -> None:
    """What a kursist says of themselves never stands against the trainer."""
    clashing = {
        place: row
        for place, mark in wanted.items()
        if (row := known.get(place)) and not row.is_own and mark_of(row) not in (mark, seen.get(place, Mark()))
    }
    if clashing:
        raise MarkedMeanwhile(clashing)


def _store(meeting: Meeting, new: dict[Place, Mark], known: dict[Place, Attendance], by, now: datetime) -> None:
    """The times come with the state: those of an earlier one are gone."""
    rows = [
        Attendance(
            meeting=meeting, enrolment_id=enrolment, half=half, state=mark.state, arrived_at=mark.arrived_at,
            left_at=mark.left_at, marked_by=by, marked_at=now,
            presented_case=(enrolment, half) in known and known[enrolment, half].presented_case,
        )
        for (enrolment, half), mark in new.items()
    ]  # fmt: skip
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meeting", "enrolment", "half"], update_fields=REPLACED
    )
    _log(meeting, new, known, by, now)


def _log(meeting, new, known, by, now) -> None:
    changes = [
        AttendanceChange(
            meeting=meeting,
            enrolment_id=place[0],
            half=place[1],
            before=known[place].state,
            after=mark.state,
            by=by,
            at=now,
        )
        for place, mark in new.items()
        if place in known and mark_of(known[place]) != mark
    ]
    if changes:
        AttendanceChange.objects.bulk_create(changes)


def _tick_cases(meeting: Meeting, cases: Mapping[int, bool]) -> int:
    changed = 0
    for presented in (True, False):
        people = [enrolment for enrolment, ticked in cases.items() if ticked is presented]
        if people:
            rows = meeting.attendance.filter(enrolment__in=people).exclude(presented_case=presented)
            changed += rows.update(presented_case=presented)
    return changed


def _check_seats(meeting: Meeting, enrolments: set[int]) -> None:
    """A seat in the cohort, or an invitation as a guest who makes up for a day of the cohort at home."""
    guests = Invitee.objects.active().filter(meeting=meeting, role=Invitee.Role.GUEST, makes_up_for__isnull=False)
    at_home = Q()
    for person, cohort in guests.values_list("person", "makes_up_for__cohort"):
        at_home |= Q(person=person, cohort=cohort)
    seats = Enrolment.objects.filter(Q(cohort=meeting.cohort) | at_home, pk__in=enrolments)
    if seats.count() != len(enrolments):
        raise NotOnTheList
