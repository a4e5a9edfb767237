"""The provider's overviews: what each of its people needs, and nothing of another provider's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.home.queries import overview_for
from lms.meetings.models import Invitee
from lms.notifications.models import Notice
from lms.people.models import Role
from supervision.models import Case
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    InviteeFactory,
    MeetingFactory,
    SupervisionGroupFactory,
    kursist_in,
)
from tests.factories.people import InvitationFactory, MembershipFactory, ProviderFactory, person_with
from tests.factories.programme import CourseFactory
from tests.factories.supervision import CaseFactory, day_from_now

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ROLES = (Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR, Role.EDITOR)


@pytest.fixture
def provider():
    return ProviderFactory(name="Fjordbro Læring")


@pytest.fixture
def cohort(provider):
    return CohortFactory(course=CourseFactory(provider=provider), name="Vest")


@pytest.fixture
def line(provider):
    return person_with(Role.PROVIDER_COORDINATOR, provider, name="Line Falk")


def addresses(shown):
    return [task.url for task in [shown["task"], *shown["todos"]] if task]


def led_by(person, cohort, starts_at):
    meeting = MeetingFactory(cohort=cohort, starts_at=starts_at)
    InviteeFactory(meeting=meeting, person=person, role=Invitee.Role.TRAINER)
    return meeting


@pytest.mark.parametrize("role", ROLES)
def test_own_cohorts_and_no_other_providers(provider, cohort, now, role):
    CohortFactory(name="Havbreds hold")

    shown = overview_for(person_with(role, provider), now)

    assert (shown["template"], list(shown["cohorts"])) == ("home/overview/provider.html", [cohort])


def test_a_cohort_with_its_seats_and_days(line, cohort, now):
    taken = MeetingFactory(cohort=cohort, starts_at=now - 3 * DAY)
    for _ in range(2):
        enrolment = EnrolmentFactory(cohort=cohort)
        AttendanceFactory(meeting=taken, enrolment=enrolment)
    EnrolmentFactory(cohort=cohort, state="withdrawn")
    MeetingFactory(cohort=cohort, starts_at=now - 2 * DAY)
    MeetingFactory(cohort=cohort, starts_at=now - DAY, state="cancelled")
    MeetingFactory(cohort=cohort, starts_at=now + DAY)

    (shown,) = overview_for(line, now)["cohorts"]

    assert (shown.enrolled_count, shown.held_count, shown.unmarked_count) == (2, 2, 1)


def test_the_next_day_one_leads(provider, cohort, now):
    karen = person_with(Role.INSTRUCTOR, provider)
    led_by(karen, cohort, now - DAY)
    coming = led_by(karen, cohort, now + DAY)
    led_by(person_with(Role.INSTRUCTOR, provider), cohort, now + timedelta(hours=1))

    shown = overview_for(karen, now)

    assert shown["meeting"].meeting == coming
    assert addresses(shown) == [reverse("meetings:meeting", args=[coming.pk])]


def test_an_instructor_without_days_is_asked_for_nothing(provider, now):
    shown = overview_for(person_with(Role.INSTRUCTOR, provider), now)

    assert (shown["meeting"], addresses(shown)) == (None, [])


def test_a_supervisor_hears_of_cases_in_own_groups(now):
    day = day_from_now(now, 7)
    CaseFactory(day=day, brought=True)
    CaseFactory(day=day)
    elsewhere = day_from_now(now, 3, group=SupervisionGroupFactory(cohort=day.group.cohort))
    CaseFactory(day=elsewhere, brought=True)

    shown = overview_for(day.group.supervisor, now)

    assert addresses(shown) == [reverse("supervision:day", args=[day.pk])]
    assert shown["task"].title.startswith("1 ")


def test_a_draft_is_no_case_to_read_yet(now):
    draft = CaseFactory(day=day_from_now(now, 7))

    assert draft.state == Case.State.DRAFT
    assert addresses(overview_for(draft.day.group.supervisor, now)) == []


def test_a_coordinator_is_told_what_is_missing(line, cohort, now):
    kursist = kursist_in(cohort)
    InvitationFactory(person=kursist, organisation=kursist.memberships.get().organisation, invited_by=line)
    Notice.objects.create(
        recipient=kursist, occasion="t", object_id=1, created_at=now, due_at=now, state=Notice.State.FAILED
    )
    unmarked = MeetingFactory(cohort=cohort, starts_at=now - DAY)

    shown = overview_for(line, now)

    people = reverse("meetings:people", args=[cohort.slug])
    attendance = reverse("meetings:attendance", args=[unmarked.pk])
    assert addresses(shown) == [reverse("meetings:cohorts"), attendance, people]


def test_a_coordinator_hears_nothing_of_another_providers_people(line, now):
    kursist = kursist_in(CohortFactory())
    InvitationFactory(person=kursist, organisation=kursist.memberships.get().organisation)
    Notice.objects.create(
        recipient=kursist, occasion="t", object_id=1, created_at=now, due_at=now, state=Notice.State.FAILED
    )
    MeetingFactory(cohort=kursist.enrolments.get().cohort, starts_at=now - DAY)

    shown = overview_for(line, now)

    assert (addresses(shown), list(shown["cohorts"])) == ([], [])


def test_an_editor_is_led_to_the_pages(provider, now):
    shown = overview_for(person_with(Role.EDITOR, provider), now)

    assert addresses(shown) == [reverse("wagtailadmin_home")]


def test_nobody_without_the_group_learns_of_its_cases(client, line, provider, now):
    case = CaseFactory(day=day_from_now(now, 7), brought=True, title="Hun siger ja til alt")
    MembershipFactory(person=line, organisation=case.day.group.cohort.course.provider, role=Role.PROVIDER_COORDINATOR)
    client.force_login(line)

    page = client.get("/overblik/").content.decode()

    assert case.title not in page
    assert reverse("supervision:day", args=[case.day.pk]) not in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_of_somebody_with_every_role_takes_nine_queries(client, query_count, provider, count):
    now, person = timezone.now(), person_with(Role.EDITOR, provider)
    for role in ROLES[:3]:
        MembershipFactory(person=person, organisation=provider, role=role)
    for _ in range(count):
        cohort = CohortFactory(course=CourseFactory(provider=provider))
        led_by(person, cohort, now + DAY)
        led_by(person, cohort, now - DAY)
        CaseFactory(
            day=day_from_now(now, 7, group=SupervisionGroupFactory(cohort=cohort, supervisor=person)), brought=True
        )
        kursist = kursist_in(cohort)
        InvitationFactory(person=kursist, organisation=kursist.memberships.get().organisation, invited_by=person)
    client.force_login(person)

    assert query_count("/overblik/") == 9
