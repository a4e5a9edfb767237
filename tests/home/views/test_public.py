"""The pages anybody may read, worded by administrators; and where a hole is reported."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from courses.actions import publishing
from lms.home.checks import accessibility_statement_is_reviewed, data_protection_is_named
from lms.home.models import PublicPage
from lms.people.models import AuditEntry, Role
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
PAGES = {
    "privacy": "/privatliv/", "accessibility": "/tilgaengelighed/", "guidelines": "/retningslinjer/",
    "contact": "/kontakt/",
}  # fmt: skip
WAS_ORDER = [
    "Overensstemmelsesstatus", "Ikke-tilgængeligt indhold", "Udarbejdelse af tilgængelighedserklæringen",
    "Feedback og kontaktoplysninger", "Håndhævelsesprocedure", "Ring eller skriv til os",
]  # fmt: skip
WORDS = {"title": "Ny overskrift", "lead": "Ny indledning", "body": "Ny **tekst**", "reviewed_date": "2026-11-20"}


@pytest.fixture
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def administrator(client):
    publishing._administrators()
    person = person_with(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def main_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def word(kind, **words):
    PublicPage.objects.filter(kind=kind).update(**words)


def edit_url(kind):
    return f"/admin/snippets/home/publicpage/edit/{PublicPage.objects.get(kind=kind).pk}/"


@pytest.mark.parametrize("path", PAGES.values())
def test_page_begins_with_a_danish_and_an_english_text(client, path):
    danish = main_of(client.get(path)).h1.get_text()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = main_of(client.get(path)).h1.get_text()

    assert (bool(danish), bool(english), danish == english) == (True, True, False)


@pytest.mark.parametrize(("kind", "path"), PAGES.items())
def test_text_without_english_is_shown_as_danish_to_who_reads_english(english, kind, path):
    word(kind, body_en="", body="Kun på dansk")

    spoken = main_of(english.get(path)).find_all(lang="da")

    assert "Kun på dansk" in [part.get_text(strip=True) for part in spoken]


@pytest.mark.parametrize(("kind", "path"), PAGES.items())
def test_what_is_worded_can_do_no_harm(client, kind, path):
    word(kind, body='# Over\n\n<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="y">')

    main = main_of(client.get(path))

    prose = main.select_one(".prose")
    assert (prose.find("script"), prose.find("img"), [a.get("href") for a in prose("a")]) == (None, None, [])
    assert prose.find("h2").get_text() == "Over"


@pytest.mark.parametrize("path", PAGES.values())
def test_headings_leave_no_level_out(client, path):
    levels = [int(heading.name[1]) for heading in main_of(client.get(path))(["h1", "h2", "h3", "h4"])]

    assert (levels[0], levels.count(1), [b - a for a, b in itertools.pairwise(levels) if b - a > 1]) == (
        1, 1, [],
    )  # fmt: skip


@pytest.mark.parametrize("path", PAGES.values())
def test_page_takes_one_query(client, django_assert_num_queries, path):
    with django_assert_num_queries(1):
        client.get(path)


def test_accessibility_statement_follows_the_order_of_the_law_and_says_its_date(client):
    main = main_of(client.get("/tilgaengelighed/"))

    assert [heading.get_text() for heading in main("h2")] == WAS_ORDER
    assert "Senest gennemgået 27. november 2026." in main.get_text()
    assert "ikke gennemgået af en uafhængig part" in main.get_text()


def test_short_address_of_the_statement_leads_to_it(client):
    assert client.get("/was").url == "/tilgaengelighed/"


def test_privacy_page_ends_with_the_data_processors(client):
    word("processors", title="Databehandlere", body="- Drift A/S, Danmark")

    section = main_of(client.get("/privatliv/")).find(id="processors").parent

    assert [section.h2.get_text(), section.li.get_text()] == ["Databehandlere", "Drift A/S, Danmark"]


def test_administrator_words_a_page_and_the_wording_is_kept(client, administrator):
    response = client.post(edit_url("contact"), WORDS)

    page = PublicPage.objects.get(kind="contact")
    assert (response.status_code, page.title, page.edition, page.revisions.count()) == (302, "Ny overskrift", 1, 1)
    assert main_of(client.get("/kontakt/")).strong.get_text() == "tekst"
    assert list(AuditEntry.objects.values_list("verb", "actor_id", "object_type", "object_id")) == [
        ("edited_content", administrator.pk, "home.publicpage", page.pk)
    ]


def test_page_of_the_first_sign_in_is_read_again_when_the_administrator_says_so(client, administrator):
    client.post(edit_url("information"), WORDS | {"read_again": "on"})

    assert PublicPage.objects.get(kind="information").edition == 2


def test_cpr_number_is_refused_in_a_page_too(client, administrator):
    client.post(edit_url("contact"), WORDS | {"body": "Ring om 010190-1234"})

    assert PublicPage.objects.get(kind="contact").title == "Kontakt"


@pytest.mark.parametrize("path", ["add/", "delete/{pk}/"])
def test_pages_are_neither_made_nor_deleted(client, administrator, path):
    pk = PublicPage.objects.get(kind="contact").pk

    client.post(f"/admin/snippets/home/publicpage/{path.format(pk=pk)}", WORDS)

    assert PublicPage.objects.count() == len(PublicPage.Kind)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_words_a_page(client, role):
    publishing._administrators()
    client.force_login(person_with(role))

    client.post(edit_url("contact"), WORDS)

    assert PublicPage.objects.get(kind="contact").title == "Kontakt"


@pytest.mark.parametrize(("days", "warned"), [(0, []), (365, []), (366, ["home.W001"])])
def test_statement_that_has_grown_old_is_warned_of(days, warned):
    word("accessibility", reviewed_date=timezone.localdate() - timedelta(days=days))

    assert [warning.id for warning in accessibility_statement_is_reviewed(databases=["default"])] == warned


def test_statement_is_not_looked_for_without_a_database(django_assert_num_queries):
    word("accessibility", reviewed_date=None)

    with django_assert_num_queries(0):
        assert accessibility_statement_is_reviewed(databases=None) == []


def test_database_without_tables_is_no_reason_to_stop(monkeypatch):
    def no_such_table(before):
        raise OperationalError

    monkeypatch.setattr("lms.home.checks.old_statements", no_such_table)

    assert accessibility_statement_is_reviewed(databases=["default"]) == []


def test_missing_officer_is_warned_of_before_going_on_line(settings):
    settings.DATA_PROTECTION = {"controller": "Styrelsen", "officer": ""}
    assert [warning.msg for warning in data_protection_is_named()] == ["Nobody is named as officer."]

    settings.DATA_PROTECTION = {"controller": "Styrelsen", "officer": "dpo@styrelsen.example"}
    assert data_protection_is_named() == []


def test_checks_pass_as_they_are():
    call_command("check", databases=["default"])


@pytest.mark.parametrize(
    "moment", ["2026-11-27T09:30:00+00:00", "2027-03-28T01:30:00+00:00", "2028-02-29T23:59:00+00:00"]
)
def test_security_txt_says_whom_to_write_to_and_has_not_run_out(client, settings, moment):
    settings.SECURITY_CONTACT = "mailto:sikkerhed@fodfaeste.example"
    settings.BASE_URL = "https://fodfaeste.example"
    now = datetime.fromisoformat(moment)

    with time_machine.travel(now, tick=False):
        response = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    expires = datetime.strptime(fields.pop("Expires"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=170) < expires - now < timedelta(days=365)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields == {
        "Contact": "mailto:sikkerhed@fodfaeste.example",
        "Preferred-Languages": "da, en",
        "Canonical": "https://fodfaeste.example/.well-known/security.txt",
    }
