from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Sum

from lms.meetings import rules
from lms.meetings.methods.differences import differences
from lms.meetings.models import (
    Attendance,
    Cohort,
    Enrolment,
    GroupMembership,
    Invitee,
    Meeting,
    MeetingRevision,
    SeatReservation,
    SupervisionGroup,
)
from lms.meetings.queries.attendance import marks_missing
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES

LATEST_CHANGES = 3


@dataclass
class CohortLine:
    """A cohort in a list, with what needs somebody: seats without names, marks nobody has set."""

    cohort: Cohort
    enrolled: int = 0
    reserved: int = 0
    missing: int = 0
    next_meeting: Meeting | None = None
    unmarked: list[Meeting] = field(default_factory=list)


@dataclass
class PersonRow:
    """A kursist in the cohort's table; where it is open to the reader: half days by meeting, answer about the next."""

    enrolment: Enrolment
    is_open: bool
    marks: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    answer: Invitee | None = None


@dataclass(frozen=True)
class Change:
    """A released change of a meeting: what it was, what it is, and how many calendars know."""

    revision: MeetingRevision
    before: MeetingRevision
    new: dict[str, tuple]
    asked: int
    told: int


def groups_for(person, cohort: Cohort | None = None) -> list[SupervisionGroup]:
    """Groups whose composition ``person`` may see (in one cohort, if given), each with its present ``places``."""
    visible = SupervisionGroup.objects.visible_to(person).select_related("cohort", "supervisor")
    groups = list(visible.filter(cohort=cohort) if cohort else visible)
    places = GroupMembership.objects.current().filter(group__in=groups)
    by_group = defaultdict(list)
    for place in places.select_related("enrolment__person", "enrolment__municipality"):
        by_group[place.group_id].append(place)
    for group in groups:
        group.places = by_group[group.pk]
    return groups


def cohorts_for_staff(person, now: datetime) -> list[CohortLine]:
    """Cohorts ``person`` runs or looks after, with seats and missing marks, in five queries however many they are."""
    cohorts = Cohort.objects.filter(pk__in=_looked_after_by(person).values("pk"))
    return _with_days(_lines(cohorts, now), Meeting.objects.filter(cohort__in=cohorts.values("pk")), now)


def seats_without_names(cohort: Cohort, now: datetime) -> int:
    held = cohort.reservations.holding(now)
    return held.aggregate(seats=Sum("seats"))["seats"] or 0


def people_for_cohort(cohort: Cohort, user, days: list) -> list[PersonRow]:
    """The kursister ``user`` may see, with marks of ``days`` that were held and answers about the next of them."""
    enrolled = Enrolment.objects.visible_to(user).enrolled().filter(cohort=cohort)
    own = set(access_of(user).organisations(Role.LOCAL_MANAGER))
    sees_all = rules.can_see_attendance(user, cohort)
    rows = [
        PersonRow(enrolment, is_open=sees_all or enrolment.municipality_id in own)
        for enrolment in enrolled.select_related("person", "municipality")
    ]
    _add_marks({row.enrolment.pk: row for row in rows if row.is_open}, days)
    _add_answers({row.enrolment.person_id: row for row in rows if row.is_open}, days)
    return rows


def _add_marks(rows: dict[int, PersonRow], days: list) -> None:
    held = [day.meeting.pk for day in days if day.is_held]
    for mark in Attendance.objects.filter(meeting__in=held, enrolment__in=rows):
        rows[mark.enrolment_id].marks[mark.meeting_id][mark.half] = mark.state


def _add_answers(rows: dict[int, PersonRow], days: list) -> None:
    coming = [day.meeting.pk for day in days if day.is_next]
    for invitee in Invitee.objects.active().filter(meeting__in=coming, person__in=rows):
        rows[invitee.person_id].answer = invitee


def changes_for_cohort(cohort: Cohort, user) -> list[Change]:
    """The latest changes of the cohort's meetings, and how far they have come."""
    meetings = Meeting.objects.visible_to(user).filter(cohort=cohort).values("pk")
    latest = MeetingRevision.objects.filter(meeting__in=meetings, number__gt=1).select_related("meeting", "released_by")
    revisions = list(latest.order_by("-released_at", "-pk")[:LATEST_CHANGES])
    return _changes(revisions) if revisions else []


def _changes(revisions: list[MeetingRevision]) -> list[Change]:
    meetings = {revision.meeting_id for revision in revisions}
    earlier = {(row.meeting_id, row.number): row for row in MeetingRevision.objects.filter(meeting__in=meetings)}
    told = defaultdict(list)
    for row in Invitee.objects.active().filter(meeting__in=meetings):
        told[row.meeting_id].append(row.last_revision_sent or 0)
    return [_change(revision, earlier, told[revision.meeting_id]) for revision in revisions]


def _change(revision: MeetingRevision, earlier: dict, told: list[int]) -> Change:
    before = earlier[revision.meeting_id, revision.number - 1]
    knowing = sum(number >= revision.number for number in told)
    return Change(revision, before, differences(before, revision), len(told), knowing)


def _looked_after_by(person):
    access = access_of(person)
    if access.has(Role.LOCAL_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
        return Cohort.objects.visible_to(person)
    return Cohort.objects.filter(course__provider__in=access.organisations(*PROVIDER_ROLES))


def _lines(cohorts, now: datetime) -> dict[int, CohortLine]:
    rows = cohorts.with_seat_counts().select_related("course__provider")
    lines = {row.pk: CohortLine(row, enrolled=row.enrolled_count) for row in rows}
    held = SeatReservation.objects.holding(now).filter(cohort__in=lines)
    for cohort, seats in held.order_by().values_list("cohort").annotate(seats=Sum("seats")):
        lines[cohort].reserved = seats
    return lines


def _with_days(lines: dict[int, CohortLine], meetings, now: datetime) -> list[CohortLine]:
    missing = marks_missing(meetings, now)
    for meeting in meetings.filter(pk__in=missing).order_by("starts_at", "pk"):
        lines[meeting.cohort_id].missing += missing[meeting.pk]
        lines[meeting.cohort_id].unmarked.append(meeting)
    for meeting in meetings.upcoming(now):
        line = lines[meeting.cohort_id]
        line.next_meeting = line.next_meeting or meeting
    return list(lines.values())
