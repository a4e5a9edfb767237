"""How long a session lasts, what it notes meanwhile, and what ends it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.people.models import Role
from lms.people.rules import BEGUN_AT
from tests.factories.people import PASSWORD, UserFactory, person_with
from tests.people.signing_in import OVERVIEW, begun_ago, is_in, with_password

pytestmark = pytest.mark.django_db
HOUR, DAY = 3600, 24 * 3600
NEW_PASSWORD = "en stol ved vinduet 17"


@pytest.fixture
def mette(client):
    person = person_with(Role.JOB_CONSULTANT)
    with_password(client, person)
    return person


def elsewhere(person):
    """The same person at another machine."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1"})
    with_password(client, person)
    return client


@pytest.mark.parametrize(("hours", "expected"), [(7.9, True), (8.1, False)])
def test_eight_hours_without_a_sign_of_life_end_it(client, mette, hours, expected):
    begun_ago(client, hours * HOUR)

    assert is_in(client) is expected


def test_it_says_why_it_ended(client, mette):
    begun_ago(client, 9 * HOUR)

    answer = client.get(OVERVIEW)

    assert answer.url == f"{reverse('account_login')}?next={OVERVIEW}"
    assert [str(message)[:24] for message in get_messages(answer.wsgi_request)] == ["Du er blevet logget ud, "]


@pytest.mark.parametrize(("days", "expected"), [(6.9, True), (7.1, False)])
def test_seven_days_end_it_however_busy_it_is(client, mette, days, expected):
    session = client.session
    session[BEGUN_AT] -= days * DAY
    session.save()

    assert is_in(client) is expected


def test_who_comes_every_seven_hours_stays_for_seven_days_and_no_longer(client, mette):
    start, stayed = timezone.now(), 0
    for step in range(1, 30):
        with time_machine.travel(start + timedelta(hours=7 * step), tick=False):
            stayed += is_in(client)

    assert stayed == 7 * 24 // 7 - 1


def test_session_that_does_not_say_when_it_began_is_over(client, mette):
    session = client.session
    del session[BEGUN_AT]
    session.save()

    assert is_in(client) is False


def writes(client) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get("/min-konto/")
    return [query["sql"].split()[0] for query in captured if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_page_writes_nothing_until_ten_minutes_have_passed(client, mette):
    soon = [writes(client) for _page in range(3)]
    begun_ago(client, 601)

    assert soon == [[], [], []]
    assert len(writes(client)) == 2  # the session, and when it was last seen
    assert writes(client) == []


def test_last_seen_is_kept_for_the_list(client, mette):
    later = timezone.now() + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        client.get(OVERVIEW)

    assert UserSession.objects.get().last_seen_at == later


def test_signing_in_takes_a_new_key(client):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    with_password(client, UserFactory())

    assert client.session.session_key != before
    assert Session.objects.filter(session_key=before).count() == 0


def test_new_password_ends_the_other_sessions_and_keeps_this_one(client, mette):
    phone = elsewhere(mette)

    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), typed)

    assert (is_in(client), is_in(phone)) == (True, False)
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [client.session.session_key]


def test_deactivation_ends_every_session_for_good(client, mette):
    phone = elsewhere(mette)

    mette.refresh_from_db()
    mette.is_active = False
    mette.save()
    closed = (is_in(client), is_in(phone))
    mette.is_active = True
    mette.save()

    assert (closed, (is_in(client), is_in(phone))) == ((False, False), (False, False))
    assert UserSession.objects.count() == 0


def test_account_closed_by_a_hand_in_the_database_takes_its_session_along(client, mette):
    type(mette).objects.update(is_active=False)
    assert is_in(client) is False
    type(mette).objects.update(is_active=True)

    assert is_in(client) is False


def test_saving_a_person_otherwise_ends_nothing(client, mette):
    mette.refresh_from_db()
    mette.name = "Mette Nyt Navn"
    mette.save()

    assert is_in(client) is True
