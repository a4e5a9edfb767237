"""Getting one's own details, and asking for erasure, as people do it."""

import io
import zipfile
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from lms.notifications.actions import send_waiting
from lms.people import actions
from lms.people.models import ErasureRequest, Role, User
from lms.people.rules import BEGUN_AT
from tests.factories.people import PASSWORD, UserFactory, person_with
from tests.people.held import NOW

pytestmark = pytest.mark.django_db
DATA, ERASE, KEEP = "/min-konto/oplysninger/", "/min-konto/slet/", "/min-konto/behold/"


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mette(client):
    person = person_with(Role.JOB_CONSULTANT, name="Mette Lindholm")
    client.force_login(person)
    session = client.session
    session[BEGUN_AT] -= timedelta(hours=1).total_seconds()
    session.save()
    return person


def confirmed(client, path):
    """Post there, and show once more who one is."""
    asked = client.post(path)
    assert asked.url == f"{reverse('account_reauthenticate')}?{urlencode({'next': path})}"
    return client.post(asked.url, {"password": PASSWORD})


@pytest.mark.parametrize("path", [DATA, ERASE, KEEP])
def test_own_details_are_for_people_who_are_signed_in(client, path):
    assert client.post(path).url == f"{reverse('account_login')}?next={path}"
    assert client.get(path).status_code in (302, 405)


def test_the_account_page_leads_to_both(client, mette):
    page = client.get("/min-konto/").content.decode()

    assert [f'href="{path}"' in page for path in (DATA, ERASE)] == [True, True]


def test_the_zip_comes_after_the_password_and_holds_the_own_name(client, mette):
    answer = confirmed(client, DATA)

    assert answer["Content-Disposition"] == 'attachment; filename="mine-oplysninger.zip"'
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "Mette Lindholm" in archive.read("laes-mig.html").decode()


def test_a_wrong_password_hands_out_nothing(client, mette):
    asked = client.post(DATA)

    answer = client.post(asked.url, {"password": "forkert adgangskode"})

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_looking_at_the_pages_changes_nothing(client, mette):
    assert [client.get(path).status_code for path in (DATA, ERASE)] == [200, 200]
    assert ErasureRequest.objects.count() == 0


def test_asking_to_be_erased_takes_the_password_and_gives_fourteen_days(client, mette):
    answer = confirmed(client, ERASE)

    assert answer.url == "/min-konto/"
    assert mette.erasure_requests.get().due_at == NOW + timedelta(days=14)
    assert "Din konto bliver slettet fredag 4. december 2026." in client.get("/min-konto/").content.decode()
    assert "Behold min konto" in client.get(ERASE).content.decode()


def test_the_button_keeps_the_account(client, mette):
    actions.ask_for_erasure(person=mette, now=NOW)

    assert client.post(KEEP).url == "/min-konto/"
    assert not mette.erasure_requests.get().is_open
    assert client.post(KEEP).url == "/min-konto/"


def test_the_link_in_the_mail_keeps_the_account_without_signing_in(client, settings):
    person = UserFactory(name="Mette Lindholm")
    actions.ask_for_erasure(person=person, now=NOW)
    send_waiting(now=NOW)
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith(settings.BASE_URL))
    path = link.removeprefix(settings.BASE_URL)

    looked = client.get(path)
    assert (looked.status_code, person.erasure_requests.get().is_open) == (200, True)
    assert client.post(path).url == reverse("account_login")
    assert not person.erasure_requests.get().is_open
    assert client.get(path).status_code == 404


def test_whoever_is_signed_in_comes_back_to_the_account(client, mette):
    asked = actions.ask_for_erasure(person=mette, now=NOW)

    assert client.post(reverse("people:regret_erasure", args=[asked.token])).url == "/min-konto/"


def test_a_link_nobody_wrote_leads_nowhere(client):
    assert client.get(reverse("people:regret_erasure", args=["0" * 64])).status_code == 404


def test_somebody_elses_request_is_not_kept_by_my_button(client, mette):
    other = actions.ask_for_erasure(person=UserFactory(), now=NOW)

    client.post(KEEP)

    other.refresh_from_db()
    assert other.is_open


def test_whoever_has_no_password_and_no_second_factor_is_asked_for_none(client):
    """There is nothing to ask for; the fourteen days and the mail stand in for it."""
    person = person_with(Role.JOB_CONSULTANT, password=None)
    client.force_login(person)

    assert client.post(ERASE).url == "/min-konto/"


def test_signing_in_works_meanwhile_and_not_afterwards(client):
    person = person_with(Role.JOB_CONSULTANT)
    actions.ask_for_erasure(person=person, now=NOW)
    signed_in = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    actions.erase_person(person=person, by=None, now=NOW)

    assert signed_in.status_code == 302
    assert client.get("/min-konto/").url.startswith(reverse("account_login"))
    assert client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}).status_code == 200
    assert not User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("path", [DATA, ERASE])
def test_the_pages_take_few_queries(client, mette, path, django_assert_num_queries):
    client.get(path)

    with django_assert_num_queries(3 if path == DATA else 4):
        client.get(path)
