"""Seats without names and the waiting list: for coordinators all of it, for local managers their own."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils.translation import gettext

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment, SeatReservation
from lms.people.models import User
from tests.factories.meetings import CohortFactory, EnrolmentFactory, SeatReservationFactory
from tests.factories.people import MunicipalityFactory
from tests.meetings.days import NOW
from tests.meetings.lists import CPR
from tests.meetings.seats import offered, wishing
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
URL = "/hold/hold-vest/pladser/"
RESERVE = f"{URL}reserver/"
MANAGING = {"coordinator", "manager"}
TODAY = NOW.date()
LATER = str(TODAY + timedelta(days=14))
ASTA = {"name": "Asta Lynggaard", "email": "asta.lynggaard@viborg.example", "title": "Jobformidler"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def viborg(standing):
    return standing.manager.memberships.get().organisation


@pytest.fixture
def reservation(standing, viborg):
    return SeatReservationFactory(cohort=standing.cohort, municipality=viborg, seats=2)


@pytest.fixture
def naming(reservation):
    return f"{URL}{reservation.pk}/navn/"


@pytest.fixture
def giving_back(reservation):
    return f"{URL}{reservation.pk}/giv-tilbage/"


def held():
    return list(SeatReservation.objects.order_by("pk").values_list("municipality__name", "seats"))


def errors(response):
    return set(response.context["form"].errors)


def test_seats_open_for_coordinators_and_managers(standing, status):
    assert status(URL) == {200: MANAGING, 404: EVERYBODY - MANAGING}
    assert status(RESERVE) == {200: MANAGING, 404: EVERYBODY - MANAGING}


def test_naming_and_giving_back_open_for_the_same(standing, status, naming, giving_back):
    assert status(naming) == {200: MANAGING, 404: EVERYBODY - MANAGING}
    assert status(giving_back) == {200: MANAGING, 404: EVERYBODY - MANAGING}


def test_each_page_asks_who_you_are(client, naming, giving_back):
    for path in (URL, RESERVE, naming, giving_back):
        assert client.get(path)["Location"] == f"/konto/login/?next={path}"


def test_a_manager_sees_own_seats_and_people_alone(standing, client, reservation, viborg):
    foreign = SeatReservationFactory(cohort=standing.cohort, municipality=MunicipalityFactory(name="Aarhus"))
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=1)
    own, other = wishing(standing.cohort, municipality=viborg), wishing(standing.cohort, minutes=99)

    soup = page(client, standing.manager, URL)

    text = soup.select_one("main").get_text(" ")
    assert ["Viborg" in text, "Aarhus" in text] == [True, False]
    assert [own.person.name in text, other.person.name in text] == [True, False]
    for action in ("navn", "giv-tilbage"):
        assert client.get(f"{URL}{foreign.pk}/{action}/").status_code == 404
        assert client.post(f"{URL}{foreign.pk}/{action}/", ASTA | {"seats": 1}).status_code == 404


def test_the_place_of_own_people_is_that_in_the_whole_line(standing, client, viborg):
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=1)
    wishing(standing.cohort, minutes=99), wishing(standing.cohort, municipality=viborg)

    [line] = words(page(client, standing.manager, URL), "#waiting + .sheet .outbox__title")

    assert line.startswith("2. ")


def test_the_page_says_why_nobody_has_had_an_offer(standing, client):
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=1)
    wishing(standing.cohort, minutes=99), wishing(standing.cohort)

    soup = page(client, standing.coordinator, URL)

    full = gettext("All %(of)s seats are taken, offered or reserved.") % {"of": 1}
    assert words(soup, "#waiting + .sheet ul li")[:2] == [full, full]
    assert len(words(soup, "#waiting + .sheet ul li")) == 3  # and the second has somebody before


def test_who_has_a_reserved_seat_waiting_is_not_told_that_all_are_taken(standing, client, reservation, viborg):
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=3)
    wishing(standing.cohort, municipality=viborg)

    soup = page(client, standing.coordinator, URL)

    assert words(soup, "#waiting + .sheet ul li") == [
        gettext("A seat is free. The e-mail with the offer comes within ten minutes.")
    ]


def test_open_offers_are_shown_with_their_deadline(standing, client):
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=2)
    offer = offered(standing.cohort)

    [line] = words(page(client, standing.coordinator, URL), "#offers + .sheet .outbox__meta")

    assert (offer.expires_at.date().day, "5. november" in line) == (5, True)


def test_a_coordinator_reserves_for_any_municipality(standing, client):
    aarhus = MunicipalityFactory(name="Aarhus")
    client.force_login(standing.coordinator)

    response = client.post(RESERVE, {"municipality": aarhus.pk, "seats": 3, "name_by_date": LATER})

    assert (response["Location"], held()) == (URL, [("Aarhus", 3)])


def test_the_same_post_twice_reserves_once(standing, client, viborg):
    client.force_login(standing.manager)

    for _click in range(2):
        client.post(RESERVE, {"municipality": viborg.pk, "seats": 3, "name_by_date": LATER})

    assert held() == [("Viborg", 3)]


def test_a_manager_can_not_reserve_for_others(standing, client):
    aarhus = MunicipalityFactory(name="Aarhus")
    client.force_login(standing.manager)

    response = client.post(RESERVE, {"municipality": aarhus.pk, "seats": 3, "name_by_date": LATER})

    assert (errors(response), held()) == ({"municipality"}, [])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"seats": "0"}, "seats"),
        ({"seats": "-1"}, "seats"),
        ({"seats": "201"}, "seats"),
        ({"seats": "to"}, "seats"),
        ({"seats": "31"}, "seats"),
        ({"name_by_date": str(TODAY - timedelta(days=1))}, "name_by_date"),
        ({"name_by_date": "i morgen"}, "name_by_date"),
        ({"name_by_date": ""}, "name_by_date"),
        ({"municipality": "\x00"}, "municipality"),
        ({"municipality": ""}, "municipality"),
    ],
)
def test_bad_input_is_named_and_reserves_nothing(standing, client, viborg, fields, field):
    client.force_login(standing.manager)

    response = client.post(RESERVE, {"municipality": viborg.pk, "seats": 3, "name_by_date": LATER} | fields)

    assert (response.status_code, errors(response), held()) == (200, {field}, [])


@pytest.mark.parametrize("closed", ["draft", "closed", "cancelled"])
def test_a_cohort_that_is_not_open_says_so(standing, client, viborg, closed):
    Cohort.objects.filter(pk=standing.cohort.pk).update(state=closed)
    client.force_login(standing.coordinator)

    response = client.post(RESERVE, {"municipality": viborg.pk, "seats": 3, "name_by_date": LATER})

    assert (response["Location"], held()) == (URL, [])


def test_naming_gives_the_seat_and_says_so(standing, client, reservation, naming, viborg):
    client.force_login(standing.manager)

    response = client.post(naming, ASTA)

    new = Enrolment.objects.get(person__email=ASTA["email"])
    assert (response["Location"], new.state, new.municipality, held()) == (URL, "enrolled", viborg, [("Viborg", 1)])


def test_naming_the_same_person_twice_uses_one_seat(standing, client, naming):
    client.force_login(standing.manager)
    client.post(naming, ASTA)

    response = client.post(naming, ASTA)

    assert (errors(response), held()) == ({"email"}, [("Viborg", 1)])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": f"Asta {CPR}"}, "name"),
        ({"email": "asta@"}, "email"),
        ({"email": ""}, "email"),
    ],
)
def test_a_bad_name_is_said_and_names_nobody(standing, client, naming, fields, field):
    client.force_login(standing.manager)

    response = client.post(naming, ASTA | fields)

    assert (errors(response), held(), User.objects.filter(name__startswith="Asta").count()) == (
        {field},
        [("Viborg", 2)],
        0,
    )


def test_without_seats_left_the_page_says_so(standing, client, reservation, naming, giving_back):
    SeatReservation.objects.update(seats=0)
    client.force_login(standing.coordinator)

    answers = [client.get(naming), client.post(naming, ASTA), client.get(giving_back), client.post(giving_back)]

    assert [answer["Location"] for answer in answers] == [URL] * 4


def test_after_its_day_nothing_is_named_or_given_back(standing, client, reservation, naming, giving_back):
    SeatReservation.objects.update(name_by_date=TODAY - timedelta(days=1))
    client.force_login(standing.manager)

    assert [client.post(path, ASTA | {"seats": 1})["Location"] for path in (naming, giving_back)] == [URL, URL]
    assert (held(), User.objects.filter(email=ASTA["email"]).count()) == ([("Viborg", 2)], 0)


def test_giving_back_frees_seats_for_those_who_wait(standing, client, reservation, giving_back):
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=3)
    waits = wishing(standing.cohort)
    client.force_login(standing.manager)

    response = client.post(giving_back, {"seats": 1, "seen": 2})

    waits.refresh_from_db()
    assert (response["Location"], held(), waits.state) == (URL, [("Viborg", 1)], "offered")


@pytest.mark.parametrize("seats", ["0", "3", "-1", "alle", ""])
def test_only_what_is_held_can_be_given_back(standing, client, giving_back, seats):
    client.force_login(standing.manager)

    response = client.post(giving_back, {"seats": seats, "seen": 2})

    assert (errors(response), held()) == ({"seats"}, [("Viborg", 2)])


def test_one_seat_given_back_by_a_double_click_is_one(standing, client, reservation, giving_back):
    client.force_login(standing.manager)

    answers = [client.post(giving_back, {"seats": 1, "seen": 2}, follow=True) for _click in range(2)]

    levels = [message.level_tag for answer in answers for message in answer.context["messages"]]
    assert (levels, held()) == (["success", "info"], [("Viborg", 1)])


def test_a_reservation_of_another_cohort_is_not_under_this_address(standing, client, viborg):
    foreign = SeatReservationFactory(cohort=CohortFactory(course=standing.cohort.course), municipality=viborg)
    client.force_login(standing.coordinator)

    assert client.get(f"{URL}{foreign.pk}/navn/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_as_little_however_much_there_is(standing, client, count, django_assert_num_queries):
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=1 + 2 * count)
    for _number in range(count):
        wishing(standing.cohort)
    actions.fill_freed_seats(cohort=standing.cohort, now=NOW)
    for _number in range(count):
        SeatReservationFactory(cohort=standing.cohort, seats=1)
        wishing(standing.cohort)
    client.force_login(standing.coordinator)

    with django_assert_num_queries(13):
        soup = BeautifulSoup(client.get(URL).content, "html.parser")

    lists = [len(soup.select(f"#{name} + .sheet .outbox > li")) for name in ("reserved", "offers", "waiting")]
    assert lists == [count, count, count]


def test_the_kursister_and_the_cohort_lead_here(standing, client):
    EnrolmentFactory(cohort=standing.cohort)

    for person, path in (
        (standing.coordinator, "/hold/hold-vest/"),
        (standing.coordinator, "/hold/hold-vest/kursister/"),
        (standing.manager, "/hold/hold-vest/kursister/"),
    ):
        assert len(page(client, person, path).select(f'a[href="{URL}"]')) == 1
