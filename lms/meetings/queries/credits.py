"""What somebody has attended of the own cohort's days, wherever it was made up for."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.timezone import localdate

from lms.meetings.models import Attendance, Enrolment, GroupMembership, Invitee, Meeting

WAS_THERE = (Attendance.State.PRESENT, Attendance.State.PARTIAL)


@dataclass
class Credit:
    """One of the cohort's own days for one person: half by half at home, or at another cohort's day instead."""

    day: Meeting
    marks: dict[str, Attendance] = field(default_factory=dict)
    instead: Meeting | None = None
    marks_instead: dict[str, Attendance] = field(default_factory=dict)

    @property
    def is_covered(self) -> bool:
        """Every half day, at the one place or at the other."""
        return _is_whole(self.day, self.marks) or bool(self.instead and _is_whole(self.instead, self.marks_instead))

    @property
    def states(self) -> dict[str, str]:
        return {half: mark.state for half, mark in self.marks.items()}

    @property
    def can_be_made_up(self) -> bool:
        """Missed, by word of the list; a group's supervision day exists nowhere else."""
        return self.day.kind == Meeting.Kind.TEACHING and bool(self.marks) and not self.is_covered

    @property
    def is_partly_covered(self) -> bool:
        return not self.is_covered and any(
            mark.state in WAS_THERE for mark in [*self.marks.values(), *self.marks_instead.values()]
        )

    @property
    def is_made_up(self) -> bool:
        return self.is_covered and not _is_whole(self.day, self.marks)


def credits_for(enrolments) -> dict[int, dict[int, Credit]]:
    """For each enrolment its days, by meeting: those not called off of the cohort and of the person's own groups."""
    enrolments = list(enrolments)
    found = {enrolment.pk: {day.pk: Credit(day) for day in days} for enrolment, days in _days_of(enrolments)}
    instead = _instead(enrolments)
    for mark in Attendance.objects.filter(enrolment__in=enrolments):
        own = found[mark.enrolment_id]
        if mark.meeting_id in own:
            own[mark.meeting_id].marks[mark.half] = mark
        for missed in instead.get((mark.enrolment_id, mark.meeting_id), []):
            if missed in own:
                own[missed].marks_instead[mark.half] = mark
    _name_places(found, instead)
    return found


def _days_of(enrolments: list[Enrolment]):
    """In two queries for any number of people. A supervision day is of the group one was in on that day."""
    places = list(GroupMembership.objects.filter(enrolment__in=enrolments))
    days = Meeting.objects.scheduled().filter(
        Q(group=None) | Q(group__in={place.group_id for place in places}),
        cohort__in={enrolment.cohort_id for enrolment in enrolments},
    )
    by_cohort: dict[int, list[Meeting]] = {}
    for day in days:
        by_cohort.setdefault(day.cohort_id, []).append(day)
    for enrolment in enrolments:
        own = [place for place in places if place.enrolment_id == enrolment.pk]
        yield enrolment, [day for day in by_cohort.get(enrolment.cohort_id, []) if _concerns(day, own)]


def _concerns(day: Meeting, places: list[GroupMembership]) -> bool:
    date = localdate(day.starts_at)
    return day.group_id is None or any(
        place.group_id == day.group_id and place.start_date <= date and (not place.end_date or date <= place.end_date)
        for place in places
    )


def _instead(enrolments: list[Enrolment]) -> dict[tuple[int, int], list[int]]:
    """(enrolment, day elsewhere) → the days at home it makes up for."""
    by_seat = {(enrolment.person_id, enrolment.cohort_id): enrolment.pk for enrolment in enrolments}
    guests = Invitee.objects.active().filter(
        role=Invitee.Role.GUEST,
        person__in={enrolment.person_id for enrolment in enrolments},
        makes_up_for__isnull=False,
    )
    found: dict[tuple[int, int], list[int]] = {}
    for person, meeting, missed, cohort in guests.values_list(
        "person", "meeting", "makes_up_for", "makes_up_for__cohort"
    ):
        if seat := by_seat.get((person, cohort)):
            found.setdefault((seat, meeting), []).append(missed)
    return found


def _name_places(found, instead) -> None:
    elsewhere = Meeting.objects.select_related("cohort").in_bulk({meeting for _seat, meeting in instead})
    for (seat, meeting), missed in instead.items():
        for day in missed:
            if day in found[seat]:
                found[seat][day].instead = elsewhere[meeting]


def _is_whole(day: Meeting, marks: dict[str, Attendance]) -> bool:
    return all(half in marks and marks[half].state in WAS_THERE for half in day.halves)


@dataclass
class Progress:
    """The days of one kind: how many are planned, how many count, and each of them."""

    kind: str
    credits: list[Credit]

    @property
    def planned(self) -> int:
        return len(self.credits)

    @property
    def covered(self) -> int:
        return sum(credit.is_covered for credit in self.credits)


def own_attendance(person) -> list[tuple[Enrolment, list[Progress]]]:
    """A person's seats, the newest first, with the days of each kind."""
    seats = Enrolment.objects.enrolled().filter(person=person).select_related("cohort").order_by("-created_at", "-pk")
    found = credits_for(seats)
    return [(seat, _by_kind(found[seat.pk].values())) for seat in seats]


def _by_kind(days) -> list[Progress]:
    kinds: dict[str, list[Credit]] = {}
    for credit in days:
        kinds.setdefault(credit.day.kind, []).append(credit)
    return [Progress(str(kind), kinds[kind]) for kind in Meeting.Kind.values if kind in kinds]
