import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from lms.meetings import actions
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    SeatReservationFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db
URL = "/hold/hold-vest/"
IN_CHARGE = {"coordinator", "instructor", "supervisor", "editor", "programme_manager"}
EVERYBODY = IN_CHARGE | {
    "owner",
    "colleague",
    "stranger",
    "manager",
    "other_manager",
    "other_coordinator",
    "ambassador",
    "guest",
}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def page(client, person, url=URL):
    client.force_login(person)
    return BeautifulSoup(client.get(url).content, "html.parser")


def words(soup, selector):
    return [" ".join(tag.get_text(" ").split()) for tag in soup.select(selector)]


def test_the_cohort_opens_for_its_people_and_those_in_charge(standing, status):
    inside = IN_CHARGE | {"owner", "manager"}

    assert status(URL) == {200: inside, 404: EVERYBODY - inside}


def test_a_cohort_asks_who_you_are(client, standing):
    assert client.get(URL)["Location"] == "/konto/login/?next=/hold/hold-vest/"


def test_the_list_of_cohorts_opens_for_everybody_with_own_cohorts_only(client, standing, status):
    assert status("/hold/") == {200: EVERYBODY}
    assert words(page(client, standing.owner, "/hold/"), ".outbox__title") == ["Hold Vest"]
    assert words(page(client, standing.manager, "/hold/"), ".outbox__title") == ["Hold Vest"]
    assert words(page(client, standing.colleague, "/hold/"), ".outbox__title") == []
    assert words(page(client, standing.other_coordinator, "/hold/"), ".outbox__title") == []


def test_days_stand_in_order_with_their_state(client, standing):
    schedule(standing.cohort, days=10, title="Dag 3: Samtalen")
    schedule(standing.cohort, days=-3, title="Dag 1: Kernen")
    actions.cancel_meeting(meeting=schedule(standing.cohort, days=2, title="Dag 2: Hold"), by=None, now=NOW)

    soup = page(client, standing.owner)

    assert words(soup, "#days-title + .sheet .outbox__title") == ["Dag 1: Kernen", "Dag 2: Hold", "Dag 3: Samtalen"]
    states = [tag["class"] for tag in soup.select("#days-title + .sheet .state")]
    assert states == [["state", "state--ok"], ["state", "state--bad"], ["state", "state--wait"]]


def test_a_kursist_sees_names_but_neither_attendance_nor_answers_of_others(client, standing):
    other = kursist_in(standing.cohort, name="Rasmus Toft")
    held = schedule(standing.cohort, days=-3)
    coming = schedule(standing.cohort)
    AttendanceFactory(meeting=held, enrolment=other.enrolments.get(), half="morning", state="absent")
    actions.answer_invitation(invitee=coming.invitees.get(person=other), answer="declined", by=other, now=NOW)

    soup = page(client, standing.owner)

    assert len(soup.select(".table--people tbody tr")) == 2
    assert soup.select(".halves") == soup.select(".table--people .state") == []


def test_a_coordinator_sees_attendance_answers_and_numbers(client, standing):
    enrolment = standing.owner.enrolments.get()
    SeatReservationFactory(cohort=standing.cohort, seats=2)
    held = schedule(standing.cohort, days=-3)
    coming = schedule(standing.cohort)
    AttendanceFactory(meeting=held, enrolment=enrolment, half="morning", state="absent")
    actions.answer_invitation(invitee=coming.invitees.get(), answer="accepted", by=standing.owner, now=NOW)

    soup = page(client, standing.coordinator)

    assert words(soup, ".numbers dd") == ["1", "2", "1", "1"]
    boxes = [tag["class"] for tag in soup.select(".table--people .halves__half")]
    assert boxes == [["halves__half", "halves__half--out"], ["halves__half"]]
    assert [tag["class"] for tag in soup.select(".table--people .state")] == [["state", "state--ok"]]
    assert soup.select_one("[aria-labelledby=people-title] .section-head a")["href"] == f"/moede/{held.pk}/fremmoede/"


def test_a_manager_sees_own_people_only(client, standing):
    kursist_in(standing.cohort, name="Rasmus Toft")

    soup = page(client, standing.manager)

    assert [name.split()[:2] for name in words(soup, ".table--people tbody th")] == [["Mette", "Lindholm"]]
    assert soup.select(".numbers") == []


def test_groups_show_to_members_and_the_provider_only(client, standing):
    group = SupervisionGroupFactory(cohort=standing.cohort, name="Gruppe Vest 1")
    member = member_of(group)
    schedule(standing.cohort, group=group, title="Supervisionsdag 1")

    assert words(page(client, member), "[aria-labelledby=groups-title] .sheet h3") == ["Gruppe Vest 1"]
    assert words(page(client, standing.coordinator), "[aria-labelledby=groups-title] .sheet h3") == ["Gruppe Vest 1"]
    for person in (standing.owner, standing.manager, standing.programme_manager):
        assert "Gruppe Vest 1" not in str(page(client, person))


def test_a_released_change_shows_old_and_new_and_how_far_it_is(client, standing):
    meeting = schedule(standing.cohort, room="Bøgen")
    actions.change_meeting(meeting=meeting, by=standing.coordinator, now=NOW, room="Egen")

    soup = page(client, standing.coordinator)

    assert words(soup, ".change del") == ["Vejle, Bøgen"]
    assert words(soup, ".change ins") == ["Vejle, Egen"]
    assert page(client, standing.owner).select(".change") == []


def test_an_empty_cohort_says_what_will_come(client, standing):
    standing.cohort.enrolments.all().delete()

    assert len(page(client, standing.coordinator).select(".empty")) == 3


def test_the_coordinator_finds_people_and_reminders(client, standing):
    link = reverse("meetings:people", args=["hold-vest"])

    assert len(page(client, standing.coordinator).select(f'a[href="{link}"]')) == 1
    assert len(page(client, standing.manager).select(f'a[href="{link}"]')) == 1
    assert page(client, standing.owner).select(f'a[href="{link}"]') == []


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_cohort_page_costs_the_same_for_any_number(client, standing, many, django_assert_num_queries):
    group = SupervisionGroupFactory(cohort=standing.cohort)
    for _number in range(many):
        member_of(group)
    for number in range(min(many, 4) + 1):
        meeting = schedule(standing.cohort, days=2 * number - 1)
        actions.change_meeting(meeting=meeting, by=standing.coordinator, now=NOW, room="Egen")
    client.force_login(standing.coordinator)

    # Session, user, access, cohort, days, people, marks, answers, groups, places, seats,
    # one for the outbox and three for the changes.
    with django_assert_num_queries(15):
        client.get(URL)


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_list_of_cohorts_costs_the_same_for_any_number(client, standing, many, django_assert_num_queries):
    for _number in range(many):
        cohort = CohortFactory(course=standing.cohort.course)
        kursist_in(cohort)
        schedule(cohort)
        schedule(cohort, days=-3)
    client.force_login(standing.coordinator)

    # session, user, access, cohorts, seats, held days, unmarked days, coming days, own cohorts
    with django_assert_num_queries(9):
        client.get("/hold/")
