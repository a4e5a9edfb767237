"""The frame around every page: the menu of the roles one holds, for one query."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from lms.home.context_processors import site
from lms.people.models import Role, User
from lms.people.models.membership import PROVIDER_ROLES
from tests.factories.courses import course_page
from tests.factories.people import MembershipFactory, MunicipalityFactory, ProviderFactory, UserFactory, person_with
from tests.factories.programme import CourseFactory

pytestmark = pytest.mark.django_db

OVERVIEW, MINE, COHORTS = "home:overview", "courses:mine", "meetings:cohorts"
SUPERVISION, COMMUNITY, MATERIALS = "supervision:home", "forum:discussions", "courses:library"
SEARCH, EDITING, STAFF = "home:search", "wagtailadmin_home", "people:organisations"
MENUS = {
    Role.JOB_CONSULTANT: [OVERVIEW, MINE, SUPERVISION, COMMUNITY, MATERIALS, SEARCH],
    Role.LOCAL_MANAGER: [OVERVIEW, COHORTS, COMMUNITY, SEARCH, STAFF],
    Role.INSTRUCTOR: [OVERVIEW, COHORTS, COMMUNITY, MATERIALS, SEARCH],
    Role.SUPERVISOR: [OVERVIEW, COHORTS, SUPERVISION, COMMUNITY, MATERIALS, SEARCH],
    Role.PROVIDER_COORDINATOR: [OVERVIEW, COHORTS, COMMUNITY, MATERIALS, SEARCH, STAFF, EDITING],
    Role.EDITOR: [OVERVIEW, COHORTS, COMMUNITY, MATERIALS, SEARCH, EDITING],
    Role.IPS_AMBASSADOR: [OVERVIEW, COMMUNITY, SEARCH],
    Role.PSYCHIATRY_PARTNER: [OVERVIEW],
    Role.PROGRAMME_MANAGER: [OVERVIEW, COHORTS, COMMUNITY, SEARCH, STAFF, EDITING],
    Role.MODERATOR: [OVERVIEW, COMMUNITY, SEARCH],
    Role.ADMINISTRATOR: [OVERVIEW, COHORTS, COMMUNITY, SEARCH, STAFF, EDITING],
}


def frame_for(user, path="/overblik/"):
    request = RequestFactory().get(path)
    request.user = user
    return site(request)


def addresses(context):
    return [entry["url"] for entry in context["menu"]]


@pytest.mark.parametrize("role", Role)
def test_menu_of_each_role(role):
    context = frame_for(person_with(role))

    assert addresses(context) == [reverse(name) for name in MENUS[role]]


@pytest.mark.parametrize("role", Role)
def test_every_entry_of_a_menu_opens(client, role):
    person = person_with(role)
    provider = person.memberships.get().organisation if role in PROVIDER_ROLES else ProviderFactory()
    course_page(CourseFactory(provider=provider))
    client.force_login(person)

    for name in MENUS[role]:
        answer = client.get(reverse(name), follow=True)
        assert (name, answer.status_code) == (name, 200)


def test_menu_of_two_roles_is_the_one_of_both():
    person = person_with(Role.JOB_CONSULTANT)
    MembershipFactory(person=person, organisation=ProviderFactory(), role=Role.INSTRUCTOR)

    expected = [OVERVIEW, MINE, COHORTS, SUPERVISION, COMMUNITY, MATERIALS, SEARCH]
    assert addresses(frame_for(person)) == [reverse(name) for name in expected]


def test_the_page_one_is_on_is_marked_in_the_menu():
    context = frame_for(person_with(Role.JOB_CONSULTANT), path=reverse("courses:mine"))

    assert [entry["url"] for entry in context["menu"] if entry["current"]] == [reverse("courses:mine")]


def test_the_head_of_the_page_says_who_and_where_from():
    municipality = MunicipalityFactory(name="Viborg", code="0791")

    me = frame_for(person_with(Role.JOB_CONSULTANT, municipality, name="Mette Lindholm"))["me"]

    assert me == {"name": "Mette Lindholm", "organisation": "Viborg", "code": "0791", "url": reverse("people:account")}


def test_somebody_without_a_role_has_a_name_and_no_menu():
    context = frame_for(UserFactory(name="Mette Lindholm"))

    assert (context["menu"], context["me"]["name"], context["me"]["organisation"]) == ([], "Mette Lindholm", "")


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_a_visitor_has_neither(user, django_assert_num_queries):
    with django_assert_num_queries(0):
        context = frame_for(user)

    assert (context["menu"], context["me"]) == ([], None)


def test_a_request_without_a_person_has_a_frame_too():
    assert site(RequestFactory().get("/"))["me"] is None


def test_the_frame_takes_one_query(django_assert_num_queries):
    person = User.objects.get(pk=person_with(Role.SUPERVISOR).pk)

    with django_assert_num_queries(1):
        frame_for(person)


def test_the_frame_of_the_demo_takes_no_more(demo, django_assert_num_queries):
    person = User.objects.get(pk=person_with(Role.SUPERVISOR).pk)

    with django_assert_num_queries(1):
        context = frame_for(person)

    assert context["demo"] is True
    assert "demo_roles" in context


def test_whom_to_call_stands_on_every_page(settings):
    settings.CONTACT = {"name": "Line Falk", "phone": "70 10 00 00", "email": "line@fjordbro.example"}

    assert frame_for(AnonymousUser())["contact"] == settings.CONTACT
