from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lms.meetings.models import Attendance, AttendanceChange, Enrolment, Invitee, Meeting, WalkIn


@dataclass
class SheetRow:
    """A person on the attendance list, with what is marked already."""

    enrolment: Enrolment
    marks: dict[str, Attendance] = field(default_factory=dict)

    @property
    def presented_case(self) -> bool:
        return any(mark.presented_case for mark in self.marks.values())


def attendance_sheet_for(meeting: Meeting) -> list[SheetRow]:
    """Everybody who was asked to come, by name; also guests from other cohorts, and who came without being asked."""
    enrolments = on_sheet(meeting).select_related("person", "municipality")
    rows = {row.pk: SheetRow(row) for row in enrolments}
    for mark in meeting.attendance.filter(enrolment__in=rows).select_related("marked_by"):
        rows[mark.enrolment_id].marks[mark.half] = mark
    return list(rows.values())


def on_sheet(meeting: Meeting):
    """A guest who makes up for a day stands there with the enrolment at home: the mark counts for that."""
    asked = Invitee.objects.active().kursister().filter(meeting=meeting).values("person")
    guests = Invitee.objects.active().filter(
        meeting=meeting,
        role=Invitee.Role.GUEST,
        person=OuterRef("person"),
        makes_up_for__cohort=OuterRef("cohort"),
    )
    unexpected = WalkIn.objects.filter(meeting=meeting, enrolment__isnull=False).values("enrolment")
    return Enrolment.objects.filter(
        Q(cohort=meeting.cohort_id, person__in=asked) | Q(Exists(guests)) | Q(pk__in=unexpected)
    )


def enrolment_at(meeting: Meeting, person) -> Enrolment | None:
    """With which enrolment somebody stands on a meeting's list."""
    return on_sheet(meeting).filter(person=person).select_related("person").first()


def others_of_cohort(meeting: Meeting):
    """Who may turn up unexpected: enrolled in the cohort, and not on the list."""
    enrolled = meeting.cohort.enrolments.enrolled().exclude(pk__in=on_sheet(meeting).values("pk"))
    return enrolled.select_related("person", "municipality")


def corrections_for(meeting: Meeting) -> list[AttendanceChange]:
    """Every mark that was set over another, the newest first."""
    changes = meeting.attendance_changes.select_related("enrolment__person", "by")
    return list(changes.order_by("-at", "-id"))


def walk_ins_for(meeting: Meeting) -> list[WalkIn]:
    """Names that are nobody's yet."""
    return list(meeting.walk_ins.filter(enrolment=None).select_related("municipality"))


def marks_missing(meetings, now) -> dict[int, int]:
    """How many half days are not marked yet, for each meeting of ``meetings`` that has been held."""
    held = with_mark_counts(meetings.held(now))
    return {meeting.pk: missing for meeting in held if (missing := count_missing(meeting))}


def with_mark_counts(meetings):
    """Annotate how many kursister were asked, and how many marks there are."""
    asked = Invitee.objects.active().kursister().filter(meeting=OuterRef("pk"))
    marks = Attendance.objects.filter(
        meeting=OuterRef("pk"),
        enrolment__cohort=F("meeting__cohort"),
        enrolment__person__invitations_to_meetings__meeting=OuterRef("pk"),
        enrolment__person__invitations_to_meetings__role=Invitee.Role.KURSIST,
        enrolment__person__invitations_to_meetings__is_removed=False,
    )
    return meetings.annotate(asked_count=_counted(asked), mark_count=_counted(marks))


def count_missing(meeting) -> int:
    """Half days without a mark, of a meeting with its counts."""
    return max(0, meeting.asked_count * len(meeting.halves) - meeting.mark_count)


def _counted(rows):
    """As a subquery, because two joins would multiply each other."""
    return Coalesce(Subquery(rows.order_by().values("meeting").annotate(n=Count("pk")).values("n")), 0)
