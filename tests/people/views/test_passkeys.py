"""The first passkey: recovery codes come with it, and it counts as a second factor at once. The key itself is a stand-in."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from lms.people.models import Role
from lms.people.rules import SECOND_FACTOR
from tests.factories.people import UserFactory, person_with
from tests.people.signing_in import give_app, is_in, with_password

pytestmark = pytest.mark.django_db
URL = "/min-konto/foerste-passkey/"
AUTH = "allauth.mfa.webauthn.internal.auth"


class Verified:
    def is_user_verified(self):
        return True


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    """What the browser and its key do is tested in a browser: tests/journeys."""
    monkeypatch.setattr(f"{AUTH}.parse_registration_response", lambda _answer: None)
    monkeypatch.setattr(f"{AUTH}.complete_registration", lambda _answer: Verified())
    monkeypatch.setattr(f"{AUTH}.get_credentials", lambda _user: [])


def make_key(client):
    return client.post(URL, {"name": "Bærbar", "credential": '{"id": "AAAA"}'})


def test_first_key_comes_with_recovery_codes_and_lets_in(client):
    with_password(client, person_with(Role.MODERATOR))

    answer = make_key(client)

    assert (answer.url, client.session[SECOND_FACTOR], is_in(client)) == (
        reverse("mfa_view_recovery_codes"),
        True,
        True,
    )
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "webauthn"]


def test_codes_that_are_there_stay(client):
    person = person_with(Role.MODERATOR)
    give_app(person)
    client.force_login(person)

    answer = make_key(client)

    assert (answer.url, Authenticator.objects.filter(type="recovery_codes").count()) == (reverse("home:overview"), 1)


@pytest.mark.parametrize(
    ("make", "way_back"),
    [
        (lambda: person_with(Role.MODERATOR), "/min-konto/to-trin/"),
        (UserFactory, "/min-konto/"),
        (lambda: UserFactory(password=None), "/overblik/"),
    ],
)
def test_way_back_suits_whoever_it_is(client, make, way_back):
    client.force_login(make())

    assert f'class="actions__link" href="{way_back}"' in client.get(URL).content.decode()
