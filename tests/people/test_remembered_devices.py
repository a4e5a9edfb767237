"""A device is remembered for thirty days, until the person takes it back, and never in the demo."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people import actions
from lms.people.models import Role
from tests.factories.people import UserFactory, person_with
from tests.people.signing_in import answer_about_device, give_app, give_code, is_in, with_password

pytestmark = pytest.mark.django_db
COOKIE = "mfa_trusted"


@pytest.fixture
def line():
    person = person_with(Role.PROVIDER_COORDINATOR)
    give_app(person)
    return person


@pytest.fixture
def own(client, line):
    """The coordinator's own computer, remembered and signed out."""
    with_password(client, line)
    give_code(client)
    answer_about_device(client, remember=True)
    client.post(reverse("account_logout"))
    return client


def needs_code(client, person) -> bool:
    return with_password(client, person).url == reverse("mfa_authenticate")


def test_question_comes_after_the_code(client, line):
    with_password(client, line)

    answer = give_code(client)

    page = client.get(answer.url)
    assert (answer.url, page.status_code, page.templates[0].name) == (reverse("mfa_trust"), 200, "mfa/trust.html")


def test_remembered_device_needs_the_password_alone_and_that_is_enough(own, line):
    assert (needs_code(own, line), is_in(own)) == (False, True)


def test_password_is_needed_all_the_same(own, line):
    with_password(own, line, "forkert")

    assert is_in(own) is False


def test_device_that_said_no_is_asked_again(client, line):
    with_password(client, line)
    give_code(client)
    answer_about_device(client, remember=False)
    client.post(reverse("account_logout"))

    assert (COOKIE in client.cookies, needs_code(client, line)) == (False, True)


@pytest.mark.parametrize(("days", "expected"), [(29, False), (31, True)])
def test_it_lasts_thirty_days(own, line, days, expected):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert needs_code(own, line) is expected


def test_cookie_lasts_as_long_and_no_script_reads_it(own):
    cookie = own.cookies[COOKIE]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (30 * 24 * 3600, True, "Lax")


def test_cookie_is_secure_where_the_site_is(client, line, settings):
    settings.SESSION_COOKIE_SECURE = True
    with_password(client, line)
    give_code(client)
    answer_about_device(client, remember=True)

    assert client.cookies[COOKIE]["secure"] is True


def test_another_device_is_asked(own, line):
    assert needs_code(Client(), line) is True


def test_device_of_one_person_counts_for_no_other(own):
    other = person_with(Role.ADMINISTRATOR)
    give_app(other)

    assert needs_code(own, other) is True


def test_cookie_somebody_wrote_themselves_counts_for_nothing(client, line):
    client.cookies[COOKIE] = "W1siZmYiLDFdXQ:forged"

    assert needs_code(client, line) is True


def test_signing_out_everywhere_forgets_it(own, line):
    actions.sign_out_everywhere(person=line, by=line, now=timezone.now())

    assert needs_code(own, line) is True


def test_device_is_remembered_anew_after_it_was_forgotten(own, line):
    actions.sign_out_everywhere(person=line, by=line, now=timezone.now() - timedelta(seconds=5))
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        with_password(own, line)
        give_code(own)
        answer_about_device(own, remember=True)
        own.post(reverse("account_logout"))

        assert needs_code(own, line) is False


def test_new_password_forgets_it(own, line):
    line.set_password("en anden adgangskode 7")
    line.save()

    assert with_password(own, line, "en anden adgangskode 7").url == reverse("mfa_authenticate")


def test_somebody_without_a_factor_is_remembered_nowhere(client):
    person = UserFactory()

    answer = with_password(client, person)

    assert (answer.url, COOKIE in client.cookies) == (reverse("home:overview"), False)


def test_demo_remembers_nobody(own, line, settings):
    """Its settings switch it off; see tests/test_settings.py for what they say."""
    settings.MFA_TRUST_ENABLED = False

    assert needs_code(own, line) is True
