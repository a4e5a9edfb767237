"""The page of one's own sessions, and the two ways to end them."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people.models import AuditEntry, Role
from tests.factories.people import person_with
from tests.people.signing_in import is_in, with_password

pytestmark = pytest.mark.django_db
URL = "/min-konto/her-er-du-logget-ind/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"
QUERIES = 4


def at(person, user_agent):
    client = Client(headers={"user-agent": user_agent})
    with_password(client, person)
    return client


@pytest.fixture
def mette():
    return person_with(Role.JOB_CONSULTANT)


@pytest.fixture
def desk(mette):
    return at(mette, WINDOWS)


@pytest.fixture
def phone(mette, desk):
    return at(mette, PHONE)


def lines_of(client):
    page = BeautifulSoup(client.get(URL).content, "html.parser")
    return [" ".join(line.find("span").get_text(" ").split()) for line in page.select("ul.people > li")]


def session_of(client):
    return UserSession.objects.get(session_key=client.session.session_key)


def end_url(client):
    return reverse("people:end_session", args=[session_of(client).pk])


def test_page_is_for_people_who_are_signed_in(client):
    assert client.get(URL).url == f"{reverse('account_login')}?next={URL}"


def test_each_is_a_device_in_plain_words_and_this_one_is_marked(desk, phone):
    lines = lines_of(desk)

    assert [line.split(" på ")[0] for line in lines] == ["Safari", "Chrome"]
    assert [("Denne" in line, "I brug nu" in line, "Sidst brugt" in line) for line in lines] == [
        (False, False, True),
        (True, True, False),
    ]


def test_page_shows_no_address_of_a_machine(desk, phone):
    assert "127.0.0.1" not in desk.get(URL).content.decode()


def test_those_of_others_are_not_shown(desk):
    at(person_with(Role.JOB_CONSULTANT), PHONE)

    assert len(lines_of(desk)) == 1


def test_what_has_run_out_is_not_shown(desk, phone, mette):
    with time_machine.travel(timezone.now() + timedelta(hours=9)):
        fresh = at(mette, WINDOWS)

        assert len(lines_of(fresh)) == 1


@pytest.mark.parametrize("others", [1, 3, 30])
def test_page_takes_as_many_queries_with_more_sessions(desk, mette, others, django_assert_num_queries):
    for _device in range(others):
        at(mette, PHONE)
    desk.get(URL)

    with django_assert_num_queries(QUERIES):
        assert len(lines_of(desk)) == others + 1


def test_one_is_ended_from_afar_and_it_is_noted(desk, phone, mette):
    answer = desk.post(end_url(phone))

    assert (answer.url, is_in(desk), is_in(phone)) == (URL, True, False)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor_id, entry.verb, entry.object_type, entry.object_id) == (
        mette.pk, "ended_session", "people.user", mette.pk,
    )  # fmt: skip


def test_this_one_is_ended_by_signing_out_alone(desk):
    assert (desk.post(end_url(desk)).status_code, is_in(desk)) == (404, True)


@pytest.mark.parametrize("role", [Role.JOB_CONSULTANT, Role.ADMINISTRATOR])
def test_nobody_ends_those_of_others(desk, role, client):
    client.force_login(person_with(role))

    assert (client.post(end_url(desk)).status_code, is_in(desk)) == (404, True)


def test_signing_out_everywhere_is_everywhere(desk, phone, mette):
    answer = desk.post(reverse("people:sign_out_everywhere"))

    assert (answer.url, is_in(desk), is_in(phone)) == (reverse("account_login"), False, False)
    mette.refresh_from_db()
    assert (mette.devices_forgotten_at is None, AuditEntry.objects.latest("pk").verb) == (
        False,
        "signed_out_everywhere",
    )


@pytest.mark.parametrize("name", ["people:sign_out_everywhere"])
def test_looking_ends_nothing(desk, phone, name):
    assert (desk.get(reverse(name)).status_code, desk.get(end_url(phone)).status_code) == (405, 405)
    assert (is_in(desk), is_in(phone)) == (True, True)


def test_address_allauth_knows_leads_here(desk, phone):
    assert [answer.url for answer in (desk.get("/konto/sessions/"), desk.post("/konto/sessions/"))] == [URL, URL]
    assert is_in(phone) is True
