from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from lms.people.models import Role
from tests.factories.courses import TeachingDayFactory, TrialFactory, course_page, day_page, document_of, material_on
from tests.factories.meetings import CohortFactory, EnrolmentFactory, MeetingFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def days_in(cohort, count):
    parent = course_page(cohort.course)
    return [
        TeachingDayFactory(cohort=cohort, number=number, page=day_page(parent, number=number, title=f"Tema {number}"))
        for number in range(1, count + 1)
    ]


def test_anybody_reads_a_courses_public_description(client):
    page = course_page(title="IPS i praksis")
    day_page(page, theme="Din rolle")

    response = client.get(reverse("courses:course", args=[page.course.slug]))

    assert response.status_code == 200
    for text in ("IPS i praksis", "Fire dage og fem.", page.course.provider.name, "Metoden", "Din rolle"):
        assert text in response.text
    assert "noindex" not in response.text


def test_draft_days_are_not_in_the_public_description(client):
    page = course_page()
    day_page(page, title="Kladde", live=False)

    assert "Kladde" not in client.get(reverse("courses:course", args=[page.course.slug])).text


def test_draft_course_is_not_found(client):
    page = course_page(live=False)

    assert client.get(reverse("courses:course", args=[page.course.slug])).status_code == 404


def test_nothing_of_a_days_content_is_public(client):
    day = TeachingDayFactory()
    material_on(day.page, document_of(day.cohort.course.provider))

    text = client.get(reverse("courses:course", args=[day.cohort.course.slug])).text

    assert [word for word in ("Velkomst", "Læs to sider", "Ugekortet", "Hvad er lettest") if word in text] == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_public_description_costs_the_same_with_few_and_many_days(client, django_assert_num_queries, count):
    page = course_page()
    for number in range(1, count + 1):
        day_page(page, number=number)
    client.get(reverse("courses:course", args=[page.course.slug]))

    with django_assert_num_queries(2):
        client.get(reverse("courses:course", args=[page.course.slug]))


@pytest.mark.parametrize("count", [1, 3, 30])
def test_my_course_costs_the_same_with_few_and_many_days(client, django_assert_num_queries, count):
    cohort = CohortFactory()
    days_in(cohort, count)
    client.force_login(kursist_in(cohort))
    client.get(reverse("courses:mine"))

    with django_assert_num_queries(9):
        response = client.get(reverse("courses:mine"))

    assert response.text.count("Tema ") == count


def test_my_course_shows_every_own_cohort_and_no_other(client):
    first, second, other = CohortFactory(name="Hold A"), CohortFactory(name="Hold B"), CohortFactory(name="Hold C")
    for cohort in (first, second, other):
        days_in(cohort, 1)
    kursist = kursist_in(first)
    EnrolmentFactory(cohort=second, person=kursist, municipality=kursist.memberships.get().organisation)
    client.force_login(kursist)

    response = client.get(reverse("courses:mine"))

    assert [row["cohort"].name for row in response.context["cohorts"]] == ["Hold B", "Hold A"]


def test_my_course_of_somebody_without_a_cohort_says_who_can_start_it(client):
    client.force_login(person_with(Role.JOB_CONSULTANT))

    response = client.get(reverse("courses:mine"))

    assert response.status_code == 200
    assert 'class="empty"' in response.text


def test_provider_sees_the_cohorts_it_runs(client):
    day = TeachingDayFactory()
    client.force_login(person_with(Role.INSTRUCTOR, day.cohort.course.provider))

    response = client.get(reverse("courses:mine"))

    assert [row["cohort"] for row in response.context["cohorts"]] == [day.cohort]
    assert response.context["is_kursist"] is False


@pytest.mark.parametrize("count", [1, 3, 30])
def test_library_costs_the_same_with_few_and_many_materials(client, django_assert_num_queries, count):
    day = TeachingDayFactory()
    for number in range(count):
        material_on(day.page, document_of(day.cohort.course.provider), title=f"Materiale {number}")
    client.force_login(kursist_in(day.cohort))
    client.get(reverse("courses:library"))

    with django_assert_num_queries(6):
        response = client.get(reverse("courses:library"))

    assert len(response.context["rows"]) == count


def test_library_is_filtered_by_day_and_type(client):
    cohort = CohortFactory()
    first, second = days_in(cohort, 2)
    material_on(first.page, title="Film", kind="video", link="https://example.org/")
    material_on(first.page, title="Skema", link="https://example.org/")
    material_on(second.page, title="Andet skema", link="https://example.org/")
    client.force_login(kursist_in(cohort))

    def titles(query):
        return [row["title"] for row in client.get(reverse("courses:library"), query).context["rows"]]

    assert titles({}) == ["Film", "Skema", "Andet skema"]
    assert titles({"day": 1}) == ["Film", "Skema"]
    assert titles({"day": 1, "kind": "video"}) == ["Film"]
    assert titles({"day": "x", "kind": "y"}) == ["Film", "Skema", "Andet skema"]


def test_library_of_a_stranger_is_empty(client):
    day = TeachingDayFactory()
    material_on(day.page, title="Ugekortet", link="https://example.org/")
    client.force_login(person_with(Role.JOB_CONSULTANT))

    response = client.get(reverse("courses:library"))

    assert response.context["rows"] == []


def test_library_has_pages(client):
    day = TeachingDayFactory()
    for number in range(31):
        material_on(day.page, title=f"Materiale {number}", link="https://example.org/")
    client.force_login(kursist_in(day.cohort))

    response = client.get(reverse("courses:library"), {"side": 2})

    assert [row["title"] for row in response.context["rows"]] == ["Materiale 30"]


@pytest.mark.parametrize("name", ["courses:mine", "courses:library"])
def test_own_pages_ask_for_sign_in(client, name):
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


@time_machine.travel(NOW, tick=False)
def test_my_course_shows_where_the_person_is_on_the_round(client):
    day = TeachingDayFactory()
    kursist = kursist_in(day.cohort)
    TrialFactory(teaching_day=day, person=kursist)
    MeetingFactory(cohort=day.cohort, starts_at=datetime(2026, 10, 1, 8, tzinfo=UTC))
    client.force_login(kursist)

    states = [step["state"] for step in client.get(reverse("courses:mine")).context["loop"]]

    assert states == ["next", "here", "next", "next", "next"]
