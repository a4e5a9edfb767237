"""»Who has done what« with an account, and who has opened what one wrote."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from lms.people.actions import add_membership, invite, note_openings, record
from lms.people.models import AuditEntry, Role
from tests.factories.people import MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 11, 25, tzinfo=UTC)
HISTORY, OPENINGS = "/min-konto/historik/", "/min-konto/aabnet/"
# Session, person, access; the lines, and the roles of those who are not the reader.
HISTORY_QUERIES, OPENINGS_QUERIES = 5, 4


@pytest.fixture
def mette():
    return person_with(Role.JOB_CONSULTANT, MunicipalityFactory(name="Viborg"), name="Mette Lindholm")


@pytest.fixture
def line():
    return person_with(Role.PROVIDER_COORDINATOR, name="Line Falk")


def lines(response) -> list[str]:
    rows = BeautifulSoup(response.content, "html.parser").select("tbody tr")
    return [" | ".join(cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])) for row in rows]


def test_own_account_tells_what_was_done_as_what_and_when(client, mette, line):
    record(by=mette, verb="changed_profile", about=mette, now=NOW)
    organisation = MunicipalityFactory()
    add_membership(
        person=mette, organisation=organisation, role=Role.LOCAL_MANAGER, start_date=NOW.date(), by=line,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    invite(person=mette, organisation=organisation, by=None, now=NOW + timedelta(hours=2))
    client.force_login(mette)

    response = client.get(HISTORY)

    assert lines(response) == [
        "Inviteret | Automatisk | 20. november 2026 14.25",
        "Fået en rolle i en organisation | Koordinator | 20. november 2026 13.25",
        "Oplysninger ændret | Dig | 20. november 2026 12.25",
    ]
    assert "Line Falk" not in response.content.decode()


def test_nobody_reads_the_history_of_another(client, mette, line):
    record(by=mette, verb="changed_profile", about=mette, now=NOW)
    colleague = person_with(Role.JOB_CONSULTANT, mette.memberships.get().organisation)

    for other in (colleague, line, person_with(Role.ADMINISTRATOR)):
        client.force_login(other)
        assert lines(client.get(HISTORY)) == []


def test_somebody_who_was_erased_is_nobody(client, mette):
    gone = UserFactory()
    record(by=gone, verb="hide", about=mette, now=NOW)
    gone.delete()
    client.force_login(mette)

    assert lines(client.get(HISTORY)) == [
        "Skjult af en moderator | En, der ikke er her længere | 20. november 2026 12.25"
    ]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_history_takes_as_many_queries_however_long(client, django_assert_num_queries, mette, count):
    for _number in range(count):
        record(by=person_with(Role.EDITOR), verb="changed_profile", about=mette, now=NOW)
    client.force_login(mette)

    with django_assert_num_queries(HISTORY_QUERIES):
        response = client.get(HISTORY)

    assert len(lines(response)) == count


def test_older_lines_stand_on_the_next_page_each_once(client, mette):
    entries = [record(by=mette, verb="changed_profile", about=mette, now=NOW) for _ in range(31)]
    client.force_login(mette)

    first = client.get(HISTORY)
    record(by=mette, verb="rotate_calendar", about=mette, now=NOW)  # what comes meanwhile moves nothing
    second = client.get(f"{HISTORY}{first.context['older_url']}")

    assert first.context["older_url"] == f"?foer={entries[1].pk}"
    assert (len(lines(first)), len(lines(second)), second.context["older_url"]) == (30, 1, "")


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "²", ""])
def test_page_that_is_asked_for_in_nonsense_is_the_first(client, mette, before):
    record(by=mette, verb="changed_profile", about=mette, now=NOW)
    client.force_login(mette)

    assert len(lines(client.get(HISTORY, {"foer": before}))) == 1


@pytest.mark.parametrize("count", [1, 3, 30])
def test_openings_are_told_by_role_and_hour_and_never_by_name(client, django_assert_num_queries, mette, line, count):
    for number in range(count):
        note_openings(by=line, things=[(mette, mette.pk)], role="trainer", now=NOW - timedelta(hours=number))
    client.force_login(mette)

    with django_assert_num_queries(OPENINGS_QUERIES):
        response = client.get(OPENINGS)

    assert len(lines(response)) == count
    assert lines(response)[-1] == "En underviser på holdet |  | 20. november 2026 i timen fra kl. 12" or count > 1
    assert "Line Falk" not in response.content.decode()


def test_opening_in_an_emergency_says_so(client, mette):
    note_openings(by=UserFactory(), things=[(mette, mette.pk)], role="administrator", now=NOW, reason="break_glass")
    client.force_login(mette)

    assert lines(client.get(OPENINGS)) == [
        "En administrator I en nødsituation |  | 20. november 2026 i timen fra kl. 12"
    ]


def test_nobody_sees_who_has_opened_what_is_anothers(client, mette, line):
    note_openings(by=line, things=[(mette, mette.pk)], role="trainer", now=NOW)

    for other in (line, person_with(Role.ADMINISTRATOR)):
        client.force_login(other)
        assert lines(client.get(OPENINGS)) == []


@pytest.mark.parametrize("page", [HISTORY, OPENINGS])
def test_empty_page_says_so(client, page):
    client.force_login(UserFactory())

    response = client.get(page)

    assert (response.status_code, AuditEntry.objects.count()) == (200, 0)
    assert BeautifulSoup(response.content, "html.parser").find("table") is None


def test_account_leads_to_both(client, mette):
    client.force_login(mette)

    links = {link["href"] for link in BeautifulSoup(client.get(reverse("people:account")).content, "html.parser")("a")}

    assert {HISTORY, OPENINGS} <= links
