"""What happens to a person's sessions, devices and second factors."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from lms.people import actions
from lms.people.models import AuditEntry, Role
from tests.factories.people import UserFactory, person_with
from tests.people.signing_in import give_app, give_passkey, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def rikke():
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def line(client):
    person = person_with(Role.PROVIDER_COORDINATOR, name="Line Falk")
    with_password(client, person)
    give_app(person)
    give_passkey(person)
    return person


def test_sign_of_life_is_of_one_session(client, line, now):
    UserSession.objects.create(user=line, session_key="another", ip="127.0.0.1", last_seen_at=now - timedelta(days=1))

    actions.note_sign_of_life(session_key="another", now=now)

    seen = dict(UserSession.objects.values_list("session_key", "last_seen_at"))
    assert (seen.pop("another"), list(seen)) == (now, [client.session.session_key])


def test_reset_takes_every_factor_of_that_person_and_of_nobody_else(line, rikke, now):
    other = UserFactory()
    give_app(other)

    actions.reset_factors(person=line, by=rikke, now=now)

    assert (Authenticator.objects.filter(user=line).count(), Authenticator.objects.filter(user=other).count()) == (0, 2)


def test_reset_ends_sessions_and_forgets_devices(client, line, rikke, now):
    actions.reset_factors(person=line, by=rikke, now=now)

    line.refresh_from_db()
    assert (UserSession.objects.count(), Session.objects.count(), line.devices_forgotten_at) == (0, 0, now)


def test_reset_is_noted_with_who_did_it(line, rikke, now):
    actions.reset_factors(person=line, by=rikke, now=now)

    entries = AuditEntry.objects.filter(object_type="people.user", object_id=line.pk, actor_id=rikke.pk)
    assert sorted(entries.values_list("verb", flat=True)) == ["reset_factors", "signed_out_everywhere"]


def test_person_is_told_each_time(line, rikke, now, settings):
    settings.CONTACT = {"name": "Kursuskontoret", "phone": "70 10 00 00", "email": "kontor@example.org"}
    for hours in (0, 1):
        actions.reset_factors(person=line, by=rikke, now=now + timedelta(hours=hours))

    send_waiting(now=now + timedelta(hours=2), limit=10)

    assert [message.to for message in mail.outbox] == [[line.email], [line.email]]
    body = mail.outbox[0].body
    assert [word in body for word in ("Hej Line", "Kursuskontoret", "70 10 00 00", "/konto/login/")] == [True] * 4


def test_telling_names_an_address_where_there_is_no_phone(line, rikke, now):
    actions.reset_factors(person=line, by=rikke, now=now)

    send_waiting(now=now, limit=10)

    assert "fodfaeste@example.org" in mail.outbox[0].body


def test_closed_account_is_told_nothing(line, rikke, now):
    actions.reset_factors(person=line, by=rikke, now=now)
    type(line).objects.update(is_active=False)

    send_waiting(now=now, limit=10)

    assert (mail.outbox, Notice.objects.get().state) == ([], Notice.State.DROPPED)


def test_after_a_reset_the_next_sign_in_leads_to_setting_up(client, line, rikke, now):
    actions.reset_factors(person=line, by=rikke, now=now)
    with_password(client, line)

    assert client.get("/overblik/").url == "/min-konto/to-trin/"
