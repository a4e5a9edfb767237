"""One search across kinds, and what each person finds with it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.forum.models import Discussion
from lms.people.models import Role
from tests.factories.courses import TeachingDayFactory, course_page, day_page, material_on
from tests.factories.forum import consultant_in, shared_by
from tests.factories.meetings import CohortFactory, MeetingFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 11, 27, 8, tzinfo=UTC)


@pytest.fixture
def day():
    """A cohort's day with one material, »Samtalekort«."""
    cohort = CohortFactory()
    page = day_page(course_page(cohort.course))
    material_on(page, title="Samtalekort", link="https://example.org/kort", kind="link")
    meeting = MeetingFactory(cohort=cohort, starts_at=STARTS)
    return TeachingDayFactory(cohort=cohort, number=1, page=page, meeting=meeting)


@pytest.fixture
def kursist(day):
    return kursist_in(day.cohort)


def found(client, person, text):
    """The titles a person finds, discussions first."""
    client.force_login(person)
    shown = client.get(reverse("home:search"), {"q": text}).context["found"]
    return [row.title for row in [*shown.discussions, *shown.materials]] if shown else None


def test_a_stem_finds_its_inflections_and_a_title_its_part(client, kursist):
    shared_by(consultant_in(), "Den første samtale")

    assert found(client, kursist, "samtaler") == ["Den første samtale"]
    assert found(client, kursist, "samtale") == ["Den første samtale", "Samtalekort"]


def test_nothing_is_looked_up_before_something_is_asked(client, kursist):
    assert (found(client, kursist, ""), found(client, kursist, "   ")) == (None, None)


def test_nothing_found_is_said_for_each_kind(client, kursist):
    client.force_login(kursist)

    answer = client.get(reverse("home:search"), {"q": "giraf"})

    assert (answer.context["found"].discussions, answer.context["found"].materials) == ([], [])
    assert answer.content.decode().count('<p class="quiet">') == 2


def test_materials_are_found_by_those_who_take_the_course_and_by_nobody_else(client, kursist, day):
    municipality = kursist.memberships.get().organisation
    colleague, stranger = consultant_in(municipality), kursist_in(CohortFactory())
    provider = person_with(Role.INSTRUCTOR, day.cohort.course.provider)

    finders = {person: found(client, person, "Samtalekort") for person in (kursist, provider, colleague, stranger)}

    assert finders == {kursist: ["Samtalekort"], provider: ["Samtalekort"], colleague: [], stranger: []}


def test_drafts_and_hidden_discussions_are_found_by_nobody_else(client, kursist):
    author = consultant_in()
    shared_by(author, "Samtale i kladde", is_draft=True)
    hidden = shared_by(author, "Samtale, der er skjult")
    Discussion.objects.filter(pk=hidden.pk).update(is_hidden=True)

    assert found(client, kursist, "samtale") == ["Samtalekort"]


def test_a_guest_finds_nothing(client, day):
    shared_by(consultant_in(), "Den første samtale")

    assert found(client, person_with(Role.PSYCHIATRY_PARTNER), "samtale") == []


def test_somebody_whose_last_membership_has_ended_finds_nothing(client, kursist):
    shared_by(consultant_in(), "Den første samtale")
    kursist.memberships.update(end_date="2020-01-02")

    assert found(client, kursist, "samtale") == []


def test_search_is_for_those_who_are_signed_in(client):
    answer = client.get(reverse("home:search"), {"q": "samtale"})

    assert answer.url == f"{reverse('account_login')}?next=/soeg/%3Fq%3Dsamtale"


@pytest.mark.parametrize(
    "text", ["!!!", '"', "'; --", "samtale AND", "(", "*", "%", "_", "\x00", "a\nb", "æøå" * 60, "x" * 500, "-samtale"]
)
def test_any_text_gets_an_answer(client, kursist, text):
    client.force_login(kursist)

    assert client.get(reverse("home:search"), {"q": text}).status_code == 200


def test_what_was_asked_stands_in_the_field_and_runs_nowhere(client, kursist):
    client.force_login(kursist)

    page = client.get(reverse("home:search"), {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_search_costs_the_same_with_few_and_many_hits(client, kursist, day, count):
    author = consultant_in()
    for number in range(count):
        shared_by(author, f"Samtale {number}")
    client.force_login(kursist)
    client.get(reverse("home:search"))

    with CaptureQueriesContext(connection) as queries:
        shown = client.get(reverse("home:search"), {"q": "samtale"}).context["found"]

    assert (len(queries), len(shown.discussions)) == (5, min(count, 20))
