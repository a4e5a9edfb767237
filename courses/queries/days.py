from django.db.models import Count, OuterRef, Q, Subquery

from courses.models import Reflection, TeachingDay
from courses.queries.content import published_content
from lms.meetings.models import Cohort, Enrolment, Invitee
from lms.people.models import Role, access_of


def courses_for_person(person):
    """The cohorts a person sits in, with their courses: usually one."""
    seats = Enrolment.objects.enrolled().filter(person=person).values("cohort")
    return Cohort.objects.filter(pk__in=seats).select_related("course__provider", "course__page").order_by("-pk")


def days_for_person(person):
    """All days a person may see, in their order in time."""
    return TeachingDay.objects.visible_to(person).with_meeting().order_by("meeting__starts_at", "pk")


def page_for_person(person, page_pk: int) -> TeachingDay | None:
    """The cohort day a page of Wagtail's tree stands for: a person's own one, the latest if there are several."""
    days = TeachingDay.objects.visible_to(person).filter(page=page_pk, page__live=True)
    return days.select_related("cohort").order_by("-meeting__starts_at").first()


def day_for_person(day: TeachingDay, person) -> dict:
    """What stands around a day's content: who comes, and whether ``person`` is one of them."""
    places = municipalities_of(day.cohort, person)
    return {
        "content": published_content(day.page) if day.page.live else None,
        "trainers": _trainers(day),
        "municipalities": places,
        "kursister": sum(place["people"] for place in places),
        "can_write": any(place["mine"] for place in places),
        "handed_in": handed_in_to(person, day) if runs_courses(person) else [],
    }


def handed_in_to(person, day: TeachingDay) -> list[Reflection]:
    """The reflections on a day that ``person`` may read as an instructor, with where each writer works."""
    seats = Enrolment.objects.filter(cohort=day.cohort_id, person=OuterRef("person"))
    reflections = Reflection.objects.visible_to(person).filter(teaching_day=day, shared_at__isnull=False)
    return list(
        reflections.select_related("person")
        .annotate(place=Subquery(seats.values("municipality__name")[:1]))
        .annotate(place_code=Subquery(seats.values("municipality__code")[:1]))
        .order_by("person__name", "pk")
    )


def runs_courses(person) -> bool:
    return access_of(person).has(Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR)


def municipalities_of(cohort, person) -> list[dict]:
    """Where a cohort's kursister come from, how many from each place, and whether ``person`` is one of them."""
    seats = Enrolment.objects.enrolled().filter(cohort=cohort).order_by("municipality__name")
    counts = {"people": Count("pk"), "mine": Count("pk", filter=Q(person=person))}
    return list(seats.values("municipality__name", "municipality__code").annotate(**counts))


def _trainers(day):
    trainers = Invitee.objects.active().filter(meeting=day.meeting_id, role=Invitee.Role.TRAINER)
    return list(trainers.values_list("person__name", flat=True))
