from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from lms.meetings.models import Attendance, Enrolment, Invitee, Meeting


@dataclass
class SheetRow:
    """A person on the attendance list, with what is marked already."""

    enrolment: Enrolment
    marks: dict[str, str] = field(default_factory=dict)


def attendance_sheet_for(meeting: Meeting) -> list[SheetRow]:
    """Everybody who was asked to come, by name; also one who has withdrawn since."""
    asked = Invitee.objects.active().kursister().filter(meeting=meeting).values("person")
    enrolments = Enrolment.objects.filter(cohort=meeting.cohort_id, person__in=asked)
    rows = {row.pk: SheetRow(row) for row in enrolments.select_related("person", "municipality")}
    for mark in meeting.attendance.filter(enrolment__in=rows):
        rows[mark.enrolment_id].marks[mark.half] = mark.state
    return list(rows.values())


def marks_missing(meetings, now) -> dict[int, int]:
    """How many half days are not marked yet, for each meeting of ``meetings`` that has been held."""
    held = with_mark_counts(meetings.held(now))
    return {meeting.pk: missing for meeting in held if (missing := count_missing(meeting))}


def with_mark_counts(meetings):
    """Annotate how many kursister were asked, and how many marks there are."""
    asked = Invitee.objects.active().kursister().filter(meeting=OuterRef("pk"))
    marks = Attendance.objects.filter(meeting=OuterRef("pk"))
    return meetings.annotate(asked_count=_counted(asked), mark_count=_counted(marks))


def count_missing(meeting) -> int:
    """Half days without a mark, of a meeting with its counts."""
    return max(0, meeting.asked_count * len(meeting.halves) - meeting.mark_count)


def _counted(rows):
    """As a subquery, because two joins would multiply each other."""
    return Coalesce(Subquery(rows.order_by().values("meeting").annotate(n=Count("pk")).values("n")), 0)
