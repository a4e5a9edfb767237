"""No address begins a session or asks for a secret without standing in ``doors.py``, and each keeps what it says."""

import re

import pytest
from django.contrib.auth.views import LoginView
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from lms.people.models import Role
from tests.factories.people import PASSWORD, InvitationFactory, ProviderFactory, UserFactory, person_with
from tests.people import doors
from tests.people.signing_in import give_app, is_in

pytestmark = pytest.mark.django_db
PLACES = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "intet"},
    "people:invitation": {"token": "0" * 64},
    "openid_connect_callback": {"provider_id": "intet"},
    "saml_acs": {"organization_slug": "intet"},
    "saml_finish_acs": {"organization_slug": "intet"},
}
# A field for a secret, whatever the page says around it.
SECRET = re.compile(r'type="password"|autocomplete="(?:one-time-code|current-password|new-password)"|name="credential"')


def test_every_suspect_is_listed():
    suspects = {name: route for name, route, view in doors.patterns() if doors.is_suspect(route, view)}

    assert {name: route for name, route in suspects.items() if name not in doors.LISTED} == {}


def test_nothing_is_listed_that_is_not_there():
    there = {name for name, _route, _view in doors.patterns()}

    assert doors.LISTED - there == set()


@pytest.mark.parametrize(
    ("route", "view"),
    [
        ("hemmelig/", LoginView),
        ("adgangskode/", is_in),
        ("vej/<str:token>/", is_in),
        ("andet/", doors.patterns),
    ],
)
def test_new_door_would_be_noticed(route, view):
    """The control. The last one is no door: a list of everything would notice nothing."""
    assert doors.is_suspect(route, view) is (view is not doors.patterns)


def anonymous_pages():
    for name, route, _view in doors.patterns():
        if "<" in route or "(" in route or route.startswith("admin/"):
            continue
        yield name, "/" + route.replace("^", "").replace("$", "")


def test_only_listed_pages_have_a_field_for_a_secret(client):
    found = {name for name, path in anonymous_pages() if SECRET.search(client.get(path, follow=False).content.decode())}

    # The sign-in page holds the passkey's form as well.
    assert found <= set(doors.OPEN)
    assert "account_login" in found


def address(name):
    try:
        return reverse(name, kwargs=PLACES.get(name))
    except NoReverseMatch:  # pragma: no cover - says which place is missing
        pytest.fail(f"{name} needs a place in PLACES")


@pytest.fixture
def editor():
    """Right password, and an app whose code is not given."""
    person = person_with(Role.EDITOR)
    give_app(person)
    return person


def everything_known(person) -> dict:
    return {
        "login": person.email, "email": person.email, "username": person.email, "password": PASSWORD, "code": "000000",
        "credential": "{}", "next": "/admin/", "return_url": "/", "way_in": "passkey", "action": "trust",
    }  # fmt: skip


@pytest.mark.parametrize("name", doors.OPEN)
def test_password_alone_opens_no_door_for_whoever_needs_more(client, editor, name):
    answer = client.post(address(name), everything_known(editor))

    assert ("_auth_user_id" in client.session, answer.status_code < 500) == (False, True)


@pytest.mark.parametrize("path", sorted(set(doors.LEADING_ON.values())))
def test_other_packages_doors_lead_to_ours(client, editor, path):
    posted = client.post(path, everything_known(editor), follow=True)
    looked = client.get(path, follow=True)

    sign_in = reverse("account_login")
    assert (posted.request["PATH_INFO"], looked.request["PATH_INFO"]) == (sign_in, sign_in)
    assert "_auth_user_id" not in client.session


def restricted_by(kind):
    """Rows with which Wagtail would ask for a shared password."""
    PageViewRestriction.objects.create(pk=1, page=Page.objects.first(), restriction_type=kind, password="fælles")
    collection = Collection.get_first_root_node().add_child(name="Lukket")
    CollectionViewRestriction.objects.create(pk=1, collection=collection, restriction_type=kind, password="fælles")


@pytest.mark.parametrize("kind", ["password", "login", None])
@pytest.mark.parametrize("path", doors.CLOSED.values())
def test_closed_doors_do_not_exist(client, path, kind):
    if kind:
        restricted_by(kind)

    answers = [client.get(path), client.post(path, {"password": "fælles", "return_url": "/"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "passed_page_view_restrictions" not in client.session


@pytest.mark.parametrize("path", doors.BRICKED_UP.values())
@pytest.mark.parametrize("method", ["get", "post"])
def test_bricked_up_doors_let_nobody_in(client, editor, path, method):
    new = {"email": "ny@example.org", "password1": PASSWORD, "password2": PASSWORD, "new_password1": PASSWORD}

    answer = getattr(client, method)(path, everything_known(editor) | new)

    assert ("_auth_user_id" in client.session, SECRET.search(answer.content.decode())) == (False, None)
    assert type(editor).objects.filter(email="ny@example.org").count() == 0


@pytest.mark.parametrize("data", [{"password": "en stol ved vinduet 17"}, {"way_in": "passkey"}])
def test_invitation_leads_whoever_needs_more_to_setting_it_up(client, data):
    invited = UserFactory(password=None)
    provider = ProviderFactory()
    invited.memberships.create(organisation=provider, role=Role.INSTRUCTOR, start_date="2020-01-01")
    invitation = InvitationFactory(person=invited, organisation=provider, created_at=timezone.now())

    client.post(reverse("people:invitation", args=[invitation.token]), data)

    assert ("_auth_user_id" in client.session, is_in(client)) == (True, False)
    assert client.get("/overblik/").url == reverse("people:second_factor")


def test_demos_door_is_not_there_outside_the_demo(editor):
    assert Client().post(reverse("home:demo_sign_in"), {"email": editor.email}).status_code == 404
