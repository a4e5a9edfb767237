"""What people are told when they first come in: before anything else, once for each edition."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from lms.home.models import PublicPage
from lms.people.actions import note_information_read
from lms.people.models import AuditEntry, Role, User
from lms.people.rules import SECOND_FACTOR
from tests.factories.people import UserFactory, person_with

pytestmark = pytest.mark.django_db
PAGE = "/dine-oplysninger/"
# What opens for somebody who has not read it; everything else leads back to it.
OPEN = ["/privatliv/", "/healthz", "/.well-known/security.txt", PAGE]
SHUT = [
    "/",
    "/overblik/",
    "/min-konto/",
    "/tilgaengelighed/",
    "/kontakt/",
    "/hold/",
    "/supervision/",
    "/admin/",
    "/soeg/",
]


@pytest.fixture
def newcomer():
    return person_with(Role.JOB_CONSULTANT, informed_edition=0)


def new_edition():
    PublicPage.objects.filter(kind="information").update(edition=2)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("path", SHUT)
def test_nothing_opens_before_it(client, newcomer, path):
    client.force_login(newcomer)

    response = client.get(path)

    assert (response.status_code, response.url.partition("?")[0]) == (302, PAGE)


@pytest.mark.parametrize("path", OPEN)
def test_what_it_leads_to_opens(client, newcomer, path):
    client.force_login(newcomer)

    assert client.get(path).status_code == 200


def test_language_can_be_chosen_and_one_can_leave(client, newcomer):
    client.force_login(newcomer)

    assert client.post(reverse("set_language"), {"language": "en", "next": PAGE}).url == PAGE
    assert "Before you begin" in client.get(PAGE).content.decode()
    assert client.post(reverse("account_logout")).url == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/privatliv/", "/konto/login/"])
def test_whoever_is_not_signed_in_is_not_asked(client, path):
    assert client.get(path).status_code == 200


def test_reading_it_leads_on_to_where_one_was_going(client, newcomer):
    client.force_login(newcomer)
    asked = client.get(client.get("/min-konto/?x=1").url)
    hidden = page_of(asked).select_one("main form input[name=next]")["value"]

    response = client.post(PAGE, {"next": hidden})

    assert response.url == "/min-konto/?x=1"
    assert client.get("/min-konto/").status_code == 200


def test_edition_and_moment_are_kept_and_noted_once(client, newcomer):
    client.force_login(newcomer)
    before = timezone.now()

    client.post(PAGE)
    client.post(PAGE)  # a double click

    read = User.objects.get(pk=newcomer.pk)
    assert (read.informed_edition, before <= read.informed_at <= timezone.now()) == (1, True)
    assert list(AuditEntry.objects.values_list("verb", "actor_id", "object_id")) == [
        ("read_information", newcomer.pk, newcomer.pk)
    ]


def test_once_read_it_does_not_come_back(client, newcomer):
    client.force_login(newcomer)
    client.post(PAGE)

    client.logout()
    client.force_login(User.objects.get(pk=newcomer.pk))

    assert client.get("/overblik/").status_code == 200


def test_new_edition_is_shown_at_the_next_sign_in_and_not_before(client, newcomer):
    client.force_login(newcomer)
    client.post(PAGE)

    new_edition()

    assert client.get("/overblik/").status_code == 200
    client.logout()
    client.force_login(User.objects.get(pk=newcomer.pk))
    assert client.get("/overblik/").status_code == 302
    client.post(PAGE)
    assert (client.get("/overblik/").status_code, User.objects.get(pk=newcomer.pk).informed_edition) == (200, 2)


def test_older_edition_is_not_noted_over_a_newer():
    person = UserFactory(informed_edition=3)

    note_information_read(person=person, edition=2, now=timezone.now())

    assert (User.objects.get().informed_edition, AuditEntry.objects.count()) == (3, 0)


@pytest.mark.parametrize("target", ["https://ond.example/", "//ond.example/", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(client, newcomer, target):
    client.force_login(newcomer)

    assert client.post(PAGE, {"next": target}).url == "/overblik/"


def test_form_that_was_under_way_is_not_stored(client, newcomer):
    client.force_login(newcomer)

    response = client.post("/min-konto/", {"name": "Et andet navn", "language": "da"})

    assert (response.url, User.objects.get(pk=newcomer.pk).name) == (PAGE, newcomer.name)


def test_it_says_that_nothing_is_agreed_to(client, newcomer):
    client.force_login(newcomer)

    page = page_of(client.get(PAGE))

    assert [button.get_text() for button in page.select("main form button")] == ["Jeg har læst det"]
    assert page.select("main form input[type=checkbox]") == []


def test_it_tells_what_article_13_asks_for(client, newcomer):
    client.force_login(newcomer)

    headings = [heading.get_text() for heading in page_of(client.get(PAGE)).select("main h2")]

    assert headings == [
        "Hvad vi gemmer", "Hvorfor", "Hvem ser det", "Hvor længe", "Dine rettigheder", "Husk borgerne",
        "Hvem du kan spørge", "Ring eller skriv til os",
    ]  # fmt: skip


def test_it_can_be_read_again_without_a_button(client):
    client.force_login(UserFactory())

    assert page_of(client.get(PAGE)).select("main form button") == []


def test_officer_is_named_or_missing_openly(client, settings):
    client.force_login(UserFactory())
    settings.DATA_PROTECTION = {"controller": "Styrelsen", "officer": ""}

    said = page_of(client.get(PAGE)).select_one("main section dl.facts").get_text(" ", strip=True)

    assert said == (
        "Ansvarlig for oplysningerne Styrelsen Databeskyttelsesrådgiver Ikke oplyst endnu: spørg kontakten herunder."
    )


def test_asking_costs_no_query_on_any_page(client, newcomer, django_assert_num_queries):
    client.force_login(newcomer)
    client.get("/overblik/")

    # The session and the person, which every page reads.
    with django_assert_num_queries(2):
        client.get("/overblik/")


def test_the_second_step_comes_before_the_reading(client):
    """Each has a gate of its own: one that sent people to the other's page would send them round for ever."""
    client.force_login(person_with(Role.LOCAL_MANAGER, informed_edition=0))
    _without_second_step(client)

    asked = client.get("/overblik/")
    setting_up = client.get(asked.url)
    _without_second_step(client, given=True)
    afterwards = client.get("/overblik/")

    assert (asked.url, setting_up.status_code) == (reverse("people:second_factor"), 200)
    assert afterwards.url.startswith(PAGE)


def _without_second_step(client, *, given=False):
    session = client.session
    session[SECOND_FACTOR] = given
    session.save()
