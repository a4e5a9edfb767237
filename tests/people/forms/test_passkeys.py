"""What a program sends in place of a key is a wrong answer, never an error of ours."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.urls import reverse

from lms.people.models import Role
from tests.factories.people import person_with
from tests.people.signing_in import give_app, with_password

pytestmark = pytest.mark.django_db
PARTS = {"rawId": "AAAA", "id": "AAAA", "type": "public-key"}
RUBBISH = [
    {}, [], "x", 1, True, {"id": "AAAA"}, PARTS, PARTS | {"response": {}}, PARTS | {"response": []},
    PARTS | {"response": {"clientDataJSON": "x", "authenticatorData": 7, "signature": None, "userHandle": "AAAA"}},
    PARTS | {"response": {"clientDataJSON": "e30", "attestationObject": "AAAA"}},
]  # fmt: skip


@pytest.fixture(params=RUBBISH, ids=json.dumps)
def rubbish(request):
    return json.dumps(request.param)


@pytest.fixture
def line():
    person = person_with(Role.EDITOR)
    give_app(person)
    return person


def test_at_the_door(client, rubbish, settings):
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": rubbish})

    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert len(get_messages(answer.wsgi_request)) == 1


def test_as_a_second_step(client, line, rubbish):
    with_password(client, line)

    page = client.post(reverse("mfa_authenticate"), {"credential": rubbish})

    assert (page.status_code, "_auth_user_id" in client.session) == (200, False)


def test_as_a_new_key(client, line, rubbish):
    client.force_login(line)

    pages = [
        client.post(reverse(name), {"credential": rubbish, "name": "Min bærbare"})
        for name in ("people:first_passkey", "mfa_add_webauthn")
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 0
