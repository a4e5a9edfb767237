import pytest
from django.urls import reverse

from courses.models import Preparation
from lms.people.models import Role
from tests.factories.courses import (
    WRITTEN_AT,
    ReflectionFactory,
    TeachingDayFactory,
    course_page,
    day_page,
    full_day_page,
    material_on,
)
from tests.factories.meetings import CohortFactory, InviteeFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
# Session, person, memberships, the day with own work, trainers, municipalities; the header's own come on top.
DAY_QUERIES = 6


def address(day):
    return reverse("courses:day", args=[day.cohort.slug, day.number])


def test_kursist_of_the_cohort_reads_the_whole_day(client):
    day = TeachingDayFactory()
    client.force_login(kursist_in(day.cohort))

    response = client.get(address(day))

    assert response.status_code == 200
    for text in (
        "Metoden",
        "Din rolle",
        "Du kan forklare metoden",
        "Velkomst",
        "Læs to sider",
        "Hvad er lettest?",
        "Job først",
    ):
        assert text in response.text


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.EDITOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR])
def test_people_of_the_provider_read_the_day(client, role):
    day = TeachingDayFactory()
    client.force_login(person_with(role, day.cohort.course.provider))

    assert client.get(address(day)).status_code == 200


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR])
def test_agency_reads_the_day(client, role):
    day = TeachingDayFactory()
    client.force_login(person_with(role))

    assert client.get(address(day)).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}])
def test_strangers_of_every_role_do_not_find_the_day(client, role):
    day = TeachingDayFactory()
    client.force_login(person_with(role))

    assert client.get(address(day)).status_code == 404


def test_colleague_and_manager_from_the_same_municipality_do_not_find_the_day(client):
    day = TeachingDayFactory()
    kursist = kursist_in(day.cohort)
    municipality = kursist.memberships.get().organisation

    for role in (Role.JOB_CONSULTANT, Role.LOCAL_MANAGER):
        client.force_login(person_with(role, municipality))
        assert client.get(address(day)).status_code == 404


def test_kursist_of_another_cohort_does_not_find_the_day(client):
    day = TeachingDayFactory()
    client.force_login(kursist_in(CohortFactory(course=day.cohort.course)))

    assert client.get(address(day)).status_code == 404


def test_guest_reads_the_one_day_invited_to(client):
    day = TeachingDayFactory()
    other = TeachingDayFactory(cohort=day.cohort, number=2, page=day_page(day.page.get_parent(), number=2))
    guest = person_with(Role.PSYCHIATRY_PARTNER)
    InviteeFactory(meeting=day.meeting, person=guest, role="guest")
    client.force_login(guest)

    assert [client.get(address(row)).status_code for row in (day, other)] == [200, 404]


def test_withdrawn_kursist_loses_the_day_at_the_next_request(client):
    day = TeachingDayFactory()
    kursist = kursist_in(day.cohort)
    client.force_login(kursist)
    assert client.get(address(day)).status_code == 200

    kursist.enrolments.update(state="withdrawn")

    assert client.get(address(day)).status_code == 404


def test_anonymous_is_sent_to_sign_in(client):
    day = TeachingDayFactory()

    response = client.get(address(day))

    assert response["Location"] == f"{reverse('account_login')}?next={address(day)}"


def test_draft_day_shows_time_and_place_only(client):
    parent = course_page()
    page = full_day_page(parent, live=False, title="Hemmelig kladde")
    day = TeachingDayFactory(cohort=CohortFactory(course=parent.course), page=page)
    day.meeting.title = "Undervisningsdag 1"
    day.meeting.save()
    client.force_login(kursist_in(day.cohort))

    response = client.get(address(day))

    assert "Undervisningsdag 1" in response.text
    assert "Hemmelig kladde" not in response.text
    assert "Velkomst" not in response.text


def test_draft_changes_of_a_published_day_are_not_shown(client):
    day = TeachingDayFactory()
    page = day.page.specific
    page.theme = "Ikke klar endnu"
    page.save_revision()
    client.force_login(kursist_in(day.cohort))

    response = client.get(address(day))

    assert "Ikke klar endnu" not in response.text
    assert "Din rolle" in response.text


def test_published_change_is_shown_at_once(client):
    day = TeachingDayFactory()
    client.force_login(kursist_in(day.cohort))
    client.get(address(day))

    page = day.page.specific
    page.theme = "Nyt tema"
    page.save_revision().publish()

    assert "Nyt tema" in client.get(address(day)).text


@pytest.mark.parametrize("count", [1, 3, 30])
def test_day_costs_the_same_with_few_and_many_materials(client, django_assert_num_queries, count):
    day = TeachingDayFactory()
    for number in range(count):
        material_on(day.page, title=f"Materiale {number}", link="https://example.org/")
    client.force_login(kursist_in(day.cohort))
    client.get(address(day))

    with django_assert_num_queries(DAY_QUERIES):
        response = client.get(address(day))

    assert response.text.count("Materiale ") == count


def test_texts_of_editors_are_escaped(client):
    parent = course_page()
    page = full_day_page(parent, title="<script>alert(1)</script>", theme="<img src=x onerror=alert(1)>")
    day = TeachingDayFactory(cohort=CohortFactory(course=parent.course), page=page)
    material_on(page, title="<b onclick=x>", link="https://example.org/")
    client.force_login(kursist_in(day.cohort))

    response = client.get(address(day))

    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text
    assert "<b onclick" not in response.text


def test_ticks_are_kept_for_the_person_alone(client):
    day = TeachingDayFactory()
    kursist, other = kursist_in(day.cohort), kursist_in(day.cohort)
    task = day.page.specific.preparation[0].id
    client.force_login(kursist)

    response = client.post(reverse("courses:preparation", args=[day.cohort.slug, day.number]), {"done": [task]})

    assert response["Location"] == address(day)
    assert list(Preparation.objects.values_list("person", "done")) == [(kursist.pk, [task])]
    assert client.get(address(day)).text.count(" checked") == 1
    client.force_login(other)
    assert client.get(address(day)).text.count(" checked") == 0


def test_ticks_of_tasks_the_day_does_not_have_are_not_kept(client):
    day = TeachingDayFactory()
    client.force_login(kursist_in(day.cohort))

    client.post(reverse("courses:preparation", args=[day.cohort.slug, day.number]), {"done": ["010180-1234"]})

    assert Preparation.objects.count() == 0


def test_instructor_has_nothing_to_tick(client):
    day = TeachingDayFactory()
    client.force_login(person_with(Role.INSTRUCTOR, day.cohort.course.provider))

    response = client.post(reverse("courses:preparation", args=[day.cohort.slug, day.number]))

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_instructor_reads_what_is_handed_in_at_the_same_cost(client, django_assert_num_queries, count):
    day = TeachingDayFactory()
    for number in range(count):
        person = kursist_in(day.cohort)
        ReflectionFactory(teaching_day=day, person=person, text=f"Tanke {number}", shared_at=WRITTEN_AT)
    ReflectionFactory(teaching_day=day, person=kursist_in(day.cohort), text="Kun min egen kladde")
    client.force_login(person_with(Role.INSTRUCTOR, day.cohort.course.provider))
    client.get(address(day))

    with django_assert_num_queries(DAY_QUERIES + 2):
        response = client.get(address(day))

    assert response.text.count("Tanke ") == count
    assert "Kun min egen kladde" not in response.text


def test_kursist_does_not_read_what_others_have_handed_in(client):
    day = TeachingDayFactory()
    ReflectionFactory(teaching_day=day, person=kursist_in(day.cohort), text="En tanke", shared_at=WRITTEN_AT)
    client.force_login(kursist_in(day.cohort))

    assert "En tanke" not in client.get(address(day)).text
