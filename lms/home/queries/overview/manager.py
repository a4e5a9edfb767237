"""A local manager's overview: own people's dates and attendance. Nobody's round, no supervision content."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.forum.models import Discussion
from lms.home.queries.overview.parts import Task, split
from lms.meetings.models import Attendance, Enrolment, Meeting, SeatReservation
from lms.people.models import Organisation, Role, access_of


def build(person, now: datetime) -> dict:
    municipalities = access_of(person).organisations(Role.LOCAL_MANAGER)
    enrolments = list(_enrolments(municipalities, now))
    return {
        "template": "home/overview/manager.html",
        "municipality": Organisation.objects.filter(pk__in=municipalities).first(),
        "enrolments": enrolments,
        "dates": _dates(enrolments, now),
        "shared": Discussion.objects.visible_to(person).shared().filter(organisation__in=municipalities)[:4],
        **split([*_seat_tasks(municipalities), *_cohort_tasks(enrolments)]),
    }


def _enrolments(municipalities, now: datetime):
    """Own people with the half days they have been to, of those that were marked."""
    marked = Q(attendance__meeting__ends_at__lte=now)
    there = marked & ~Q(attendance__state=Attendance.State.ABSENT)
    enrolled = Enrolment.objects.enrolled().filter(municipality__in=municipalities)
    return (
        enrolled.select_related("person", "cohort")
        .annotate(marked_count=Count("attendance", filter=marked), present_count=Count("attendance", filter=there))
        .order_by("person__name", "pk")
    )


def _dates(enrolments, now: datetime):
    """The coming days somebody from here is away for, so that cover can be planned; groups' days included."""
    people = [enrolment.person_id for enrolment in enrolments]
    meetings = Meeting.objects.upcoming(now).filter(invitees__person__in=people, invitees__is_removed=False)
    return meetings.select_related("cohort").annotate(own_count=Count("invitees")).order_by("starts_at", "pk")[:5]


def _seat_tasks(municipalities):
    reservations = SeatReservation.objects.filter(municipality__in=municipalities).select_related("cohort")
    for reservation in reservations.order_by("name_by_date"):
        yield Task(
            kicker=_("The next thing for you to do"),
            title=_("Name your reserved seats in %(cohort)s") % {"cohort": reservation.cohort.name},
            url=reverse("meetings:people", args=[reservation.cohort.slug]),
            button=_("Name the kursister"),
        )


def _cohort_tasks(enrolments):
    for cohort in {enrolment.cohort_id: enrolment.cohort for enrolment in enrolments}.values():
        yield Task(
            kicker=_("Your people in %(cohort)s") % {"cohort": cohort.name},
            title=_("Ask what they have tried since last time"),
            text=_("One question at the next team meeting is enough: What did you try, and what did you see?"),
            url=reverse("meetings:people", args=[cohort.slug]),
            button=_("See your people"),
        )
