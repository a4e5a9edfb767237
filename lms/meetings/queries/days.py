from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from lms.meetings.models import Cohort, Enrolment, Invitee, Meeting, MeetingDraft
from lms.meetings.queries.attendance import count_missing, with_mark_counts


@dataclass(frozen=True)
class Day:
    """A meeting in a cohort's list of days. The counts are for those who run the cohort."""

    meeting: Meeting
    is_held: bool
    is_next: bool
    invited: int
    answered: int
    missing: int
    has_draft: bool


def days_for_cohort(cohort: Cohort, user, now: datetime) -> list[Day]:
    """The cohort's meetings that ``user`` may see, in order, in one query."""
    visible = Meeting.objects.visible_to(user).filter(cohort=cohort).select_related("group")
    active = Q(invitees__is_removed=False, invitees__role=Invitee.Role.KURSIST)
    rows = with_mark_counts(visible).annotate(
        answered_count=Count("invitees", filter=active & ~Q(invitees__answer=Invitee.Answer.NONE)),
        has_draft=Exists(MeetingDraft.objects.filter(meeting=OuterRef("pk"))),
    )
    meetings = list(rows.order_by("starts_at", "id"))
    coming = next((meeting.pk for meeting in meetings if not meeting.is_cancelled and meeting.ends_at > now), None)
    return [_day(meeting, now, meeting.pk == coming) for meeting in meetings]


def with_seats_left(meetings):
    """Annotate ``seats_left``: those of the day, or else of its cohort, that nobody has who has not said no."""
    taken = Invitee.objects.active().exclude(role=Invitee.Role.TRAINER).exclude(answer=Invitee.Answer.DECLINED)
    counted = taken.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return meetings.annotate(
        seats_left=Greatest(
            Coalesce("capacity", "cohort__capacity") - Coalesce(Subquery(counted), 0),
            0,
            output_field=IntegerField(),
        )
    )


def seats_left_on(meeting: Meeting) -> int:
    """Ask with the meeting's row locked, when somebody is about to take one."""
    return with_seats_left(Meeting.objects.filter(pk=meeting.pk)).get().seats_left


def people_for_meeting(meeting: Meeting, user) -> list[Invitee]:
    """Who comes, as far as ``user`` may know; each kursist with the ``municipality`` that stands beside the name."""
    invitees = Invitee.objects.visible_to(user).active().filter(meeting=meeting)
    people = list(invitees.select_related("person").order_by("person__name", "pk"))
    ids = [invitee.person_id for invitee in people]
    enrolments = Enrolment.objects.filter(cohort=meeting.cohort_id, person__in=ids).select_related("municipality")
    municipalities = {enrolment.person_id: enrolment.municipality for enrolment in enrolments}
    for invitee in people:
        invitee.meeting = meeting
        invitee.municipality = municipalities.get(invitee.person_id)
    return people


def _day(meeting, now: datetime, is_next: bool) -> Day:
    is_held = not meeting.is_cancelled and meeting.ends_at <= now
    return Day(
        meeting=meeting,
        is_held=is_held,
        is_next=is_next,
        invited=meeting.asked_count,
        answered=meeting.answered_count,
        missing=count_missing(meeting) if is_held else 0,
        has_draft=meeting.has_draft,
    )
