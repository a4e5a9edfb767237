"""The same teaching day with other cohorts, and what has been asked for."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from courses.models import MakeUp, TeachingDay
from lms.meetings.models import Attendance, Cohort, Enrolment, Invitee, Meeting
from lms.meetings.queries import overlaps, seats_left_on_each
from lms.people.models import Membership, Role, User


@dataclass(frozen=True)
class OtherDay:
    """The same day with another cohort: how many seats are left, and what the person has at that time already."""

    day: TeachingDay
    seats_left: int
    clash: Meeting | None

    @property
    def meeting(self) -> Meeting:
        return self.day.meeting


def missed_day_for(meeting: Meeting, person) -> tuple[Enrolment, TeachingDay] | None:
    """The seat and the day, when ``person`` was asked to a teaching day of the own cohort and declined or missed it."""
    day = TeachingDay.objects.filter(meeting=meeting).select_related("page", "cohort").first()
    enrolment = Enrolment.objects.enrolled().filter(cohort=meeting.cohort_id, person=person).first()
    if day is None or enrolment is None or not _is_missed(meeting, enrolment):
        return None
    return enrolment, day


def _is_missed(meeting: Meeting, enrolment: Enrolment) -> bool:
    asked = meeting.invitees.kursister().filter(person=enrolment.person_id)
    if asked.filter(answer=Invitee.Answer.DECLINED).exists():
        return True
    marks = list(meeting.attendance.filter(enrolment=enrolment).values_list("state", flat=True))
    return bool(marks) and marks.count(Attendance.State.PRESENT) < len(meeting.halves)


def other_days_for(day: TeachingDay, person, now: datetime) -> list[OtherDay]:
    """Coming, in time's order, with room or without: in five queries however many they are."""
    coming = same_days(day, now).select_related("meeting__cohort__course", "cohort")
    days = list(coming.order_by("meeting__starts_at", "pk"))
    left = seats_left_on_each([other.meeting for other in days], now)
    own = _own_days(person, day.meeting_id, now)
    return [OtherDay(other, left[other.meeting_id], _clash(other.meeting, own)) for other in days]


def same_days(day: TeachingDay, now: datetime):
    """The same page's days with the course's other cohorts that are held."""
    days = TeachingDay.objects.exclude(cohort=day.cohort_id).filter(page=day.page_id)
    held = days.filter(cohort__course=day.cohort.course_id, cohort__state__in=[Cohort.State.OPEN, Cohort.State.CLOSED])
    return held.filter(meeting__in=Meeting.objects.scheduled().filter(starts_at__gt=now).values("pk"))


def make_up_for(enrolment: Enrolment, meeting: Meeting) -> MakeUp | None:
    """What has been asked for this day: the open or agreed one, else the latest."""
    asked = MakeUp.objects.filter(enrolment=enrolment, missed=meeting)
    rows = list(asked.select_related("instead__cohort", "missed__cohort").order_by("-asked_at", "-pk"))
    holding = (row for row in rows if row.state in {MakeUp.State.WAITING, MakeUp.State.ASKED, MakeUp.State.AGREED})
    return next(holding, rows[0] if rows else None)


def holds(make_up: MakeUp, now: datetime) -> bool:
    """Agreed, or still to be answered: a request whose day has gone by unanswered stands in nobody's way."""
    if make_up.state == MakeUp.State.AGREED:
        return True
    is_open = make_up.state in {MakeUp.State.ASKED, MakeUp.State.WAITING}
    instead = make_up.instead
    is_held = instead.cohort.state in {Cohort.State.OPEN, Cohort.State.CLOSED}
    return is_open and is_held and not instead.is_cancelled and instead.starts_at > now


def make_ups_for(user):
    """Open requests ``user`` may see, the oldest first, in one query."""
    rows = (
        MakeUp.objects.visible_to(user)
        .open()
        .select_related(
            "enrolment__person", "enrolment__municipality", "missed__cohort__course", "instead__cohort__course"
        )
    )
    return rows.order_by("asked_at", "pk")


def coordinators_of(make_up: MakeUp):
    """Those who say yes at home and where the day is made up."""
    providers = {make_up.missed.cohort.course.provider_id, make_up.instead.cohort.course.provider_id}
    held = Membership.objects.current().with_role(Role.PROVIDER_COORDINATOR).filter(organisation__in=providers)
    return User.objects.filter(is_active=True, pk__in=held.values("person"))


def asked_already(meetings: list[int]) -> dict[int, int]:
    """How many requests wait for a coordinator's yes, by the day they are for."""
    asked = MakeUp.objects.filter(state=MakeUp.State.ASKED, instead__in=meetings)
    return dict(asked.order_by().values_list("instead").annotate(Count("pk")))


def _own_days(person, missed: int, now: datetime) -> list[Meeting]:
    own = Invitee.objects.active().exclude(answer=Invitee.Answer.DECLINED).filter(person=person)
    return list(Meeting.objects.upcoming(now).filter(pk__in=own.values("meeting")).exclude(pk=missed))


def _clash(meeting: Meeting, own: list[Meeting]) -> Meeting | None:
    return next((day for day in own if overlaps(day, meeting)), None)
