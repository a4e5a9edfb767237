import pytest
from django.urls import reverse

from lms.people.models import Role
from lms.programme.models import Principle, Theme
from tests.factories.courses import course_page, editor_of
from tests.factories.people import person_with
from tests.factories.programme import PrincipleFactory

pytestmark = pytest.mark.django_db
LISTS = ("programme_principle", "programme_theme", "programme_targetgroup")


@pytest.fixture
def course():
    return course_page().course


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR])
def test_agency_and_administrators_look_after_the_vocabulary(client, course, role):
    client.force_login(person_with(role))

    assert [client.get(reverse(f"wagtailsnippets_{name}:list")).status_code for name in LISTS] == [200, 200, 200]


def test_a_providers_editor_does_not_change_the_vocabulary(client, course):
    client.force_login(editor_of(course))

    assert [client.get(reverse(f"wagtailsnippets_{name}:list")).status_code for name in LISTS] == [404, 404, 404]


def test_a_providers_editor_chooses_a_principle_for_a_page(client, course):
    PrincipleFactory(short_name="Job først")
    client.force_login(editor_of(course))

    response = client.get(reverse("wagtailsnippetchoosers_programme_principle:choose"))

    assert "Job først" in response.json()["html"]


def test_theme_is_added(client, course):
    client.force_login(person_with(Role.PROGRAMME_MANAGER))

    client.post(reverse("wagtailsnippets_programme_theme:add"), {"name": "Samtale", "slug": "samtale"})

    assert list(Theme.objects.values_list("name", flat=True)) == ["Samtale"]


def test_cpr_number_in_the_vocabulary_is_refused(client, course):
    principle = PrincipleFactory(explanation="")
    client.force_login(person_with(Role.PROGRAMME_MANAGER))

    client.post(
        reverse("wagtailsnippets_programme_principle:edit", args=[principle.pk]),
        {"number": 1, "name": "Job", "short_name": "Job", "explanation": "Nummer 010180-1234"},
    )

    assert Principle.objects.get().explanation == ""
