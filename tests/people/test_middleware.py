import pytest
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib.messages import get_messages
from django.urls import reverse

from lms.people.forms import CPR_MESSAGE
from lms.people.rules import BEGUN_AT
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    """An hour ago: whoever has just signed in is not asked for the password again."""
    client.force_login(MembershipFactory().person)
    session = client.session
    session[BEGUN_AT] -= 3600
    session.save()
    return client


def test_what_is_sent_while_the_password_is_asked_for_again_waits_in_the_session(signed_in):
    signed_in.post(reverse("mfa_add_webauthn"), {"name": "kanariefugl"})

    assert "kanariefugl" in str(signed_in.session[STATE_SESSION_KEY])


def test_a_cpr_number_does_not(signed_in):
    response = signed_in.post(reverse("mfa_add_webauthn"), {"name": "010190-1234"})

    assert (response.status_code, response.url) == (302, reverse("mfa_add_webauthn"))
    assert [str(message) for message in get_messages(response.wsgi_request)] == [CPR_MESSAGE]
    assert STATE_SESSION_KEY not in signed_in.session


def test_a_password_is_no_text(client):
    response = client.post(reverse("account_login"), {"login": "a@example.org", "password": "010190-1234"})

    assert response.status_code == 200


def test_pages_of_ours_answer_for_themselves(signed_in):
    response = signed_in.post(reverse("people:account"), {"name": "Bo 010190-1234", "language": "da"})

    assert response.context["form"].errors["name"] == [CPR_MESSAGE]
