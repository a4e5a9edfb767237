"""An administrator helps somebody who has lost their phone."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages

from lms.people.forms import CPR_MESSAGE
from lms.people.models import Role
from tests.factories.people import person_with
from tests.people.signing_in import give_app, give_passkey

pytestmark = pytest.mark.django_db
URL = "/nulstil/to-trin/"


@pytest.fixture
def rikke(client):
    person = person_with(Role.ADMINISTRATOR, email="rikke@example.org")
    client.force_login(person)
    return person


@pytest.fixture
def line():
    person = person_with(Role.PROVIDER_COORDINATOR, name="Line Falk", email="line@example.org")
    give_app(person)
    return person


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_is_for_administrators_alone(client, line, role, method):
    client.force_login(person_with(role))

    answer = getattr(client, method)(URL, {"email": line.email, "confirmed": "1"})

    assert (answer.status_code, Authenticator.objects.filter(user=line).count()) == (404, 2)


def test_first_step_finds_the_person_and_changes_nothing(client, rikke, line):
    give_passkey(line)

    page = client.post(URL, {"email": " LINE@example.org "})

    words = page.content.decode()
    assert (page.templates[0].name, Authenticator.objects.count()) == ("people/reset_factors_of.html", 3)
    assert [word in words for word in ("Line Falk", "Appen på den mistede telefon", "Adgangsnøglen virker ikke")] == [
        True
    ] * 3


def test_second_step_starts_over(client, rikke, line):
    answer = client.post(URL, {"email": line.email, "confirmed": "1"})

    assert (answer.url, Authenticator.objects.filter(user=line).count()) == (URL, 0)
    assert [str(message)[:9] for message in get_messages(answer.wsgi_request)] == ["Line Falk"]


@pytest.mark.parametrize("email", ["rikke@example.org", "nobody@example.org", "", "no address"])
def test_oneself_and_nobody_are_not_found(client, rikke, email):
    give_app(rikke)

    page = client.post(URL, {"email": email, "confirmed": "1"})

    assert (page.status_code, list(page.context["form"].errors), Authenticator.objects.count()) == (200, ["email"], 2)


def test_number_is_refused(client, rikke):
    page = client.post(URL, {"email": "010190-1234@example.org"})

    assert page.context["form"].errors["email"] == [CPR_MESSAGE]
