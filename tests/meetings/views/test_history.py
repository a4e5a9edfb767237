"""What was done with a cohort, for its coordinators."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from lms.meetings import actions
from lms.people.actions import record
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, MeetingFactory, SeatReservationFactory, SupervisionGroupFactory
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
URL = "/hold/hold-vest/historik/"
# Session, person, access, cohort, lines, names; and one for each kind of thing that has a name.
QUERIES = 7


@pytest.fixture
def now():
    return timezone.now()


def lines(response) -> list[list[str]]:
    rows = BeautifulSoup(response.content, "html.parser").select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])][:3] for row in rows]


def test_only_the_coordinators_of_the_provider_find_it(status, standing):
    assert status(URL) == {200: {"coordinator"}, 404: set(vars(standing)) - {"cohort", "coordinator"}}


def test_lines_tell_what_of_what_and_who(client, standing, now):
    by, cohort = standing.coordinator, standing.cohort
    reservation = SeatReservationFactory(cohort=cohort)
    group = SupervisionGroupFactory(cohort=cohort, name="Vest 1")
    meeting = MeetingFactory(cohort=cohort, title="Dag 4")
    for verb, about in (
        ("change_cohort", cohort),
        ("reserve_seats", reservation),
        ("create_group", group),
        ("set_trainers", meeting),
        ("change_meeting", meeting),  # told on the cohort's own page
        ("change_cohort", CohortFactory()),  # another's
    ):
        record(by=by, verb=verb, about=about, now=now)
    client.force_login(by)

    assert lines(client.get(URL)) == [
        ["Undervisere på en dag valgt", "Dag 4", by.name],
        ["Supervisionsgruppe oprettet", "Vest 1", by.name],
        ["Pladser reserveret", reservation.municipality.name, by.name],
        ["Hold ændret", "", by.name],
    ]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_history_takes_as_many_queries_however_long(client, django_assert_num_queries, standing, now, count):
    for number in range(count):
        group = SupervisionGroupFactory(cohort=standing.cohort, name=f"Gruppe {number}")
        record(by=person_with(Role.EDITOR), verb="create_group", about=group, now=now)
    client.force_login(standing.coordinator)
    client.get(URL)

    with django_assert_num_queries(QUERIES):
        response = client.get(URL)

    assert len(lines(response)) == count


def test_older_lines_stand_on_the_next_page(client, standing, now):
    for minutes in range(31):
        record(by=None, verb="change_cohort", about=standing.cohort, now=now + timedelta(minutes=minutes))
    client.force_login(standing.coordinator)

    first = client.get(URL)
    second = client.get(f"{URL}{first.context['older_url']}")

    assert (len(lines(first)), len(lines(second)), second.context["older_url"]) == (30, 1, "")


def test_pausing_the_mails_is_told(client, standing, now):
    actions.pause_mails(cohort=standing.cohort, by=standing.coordinator, now=now)
    client.force_login(standing.coordinator)

    assert lines(client.get(URL)) == [["Mails holdt tilbage", "", standing.coordinator.name]]
