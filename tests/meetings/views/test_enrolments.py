"""One person's seat, as coordinator and local manager meet it: history, giving up, handing over."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils.translation import gettext

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment
from lms.notifications.models import Notice
from lms.people.forms import CPR_MESSAGE
from lms.people.models import User
from tests.factories.meetings import CohortFactory, EnrolmentFactory, kursist_in
from tests.meetings.days import NOW, invited_to, schedule
from tests.meetings.lists import CPR
from tests.meetings.seats import wishing
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
LOOKING_AFTER = {"coordinator", "manager"}
ASTA = {"name": "Asta Lynggaard", "email": "asta.lynggaard@viborg.example", "title": "Jobformidler"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def seat(standing):
    return standing.owner.enrolments.get()


@pytest.fixture
def url(seat):
    return f"/hold/hold-vest/kursister/{seat.pk}/"


@pytest.fixture
def substitute(url):
    return f"{url}afloeser/"


def state(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).state


def test_a_seat_opens_for_its_coordinator_and_own_manager(standing, status, url):
    assert status(url) == {200: LOOKING_AFTER, 404: EVERYBODY - LOOKING_AFTER}


def test_handing_over_opens_for_the_same(standing, status, substitute):
    assert status(substitute) == {200: LOOKING_AFTER, 404: EVERYBODY - LOOKING_AFTER}


def test_nobody_else_gives_up_or_hands_over_by_posting(standing, client, seat, url, substitute):
    for name in EVERYBODY - LOOKING_AFTER:
        client.force_login(getattr(standing, name))
        assert client.post(url, {"reason": "Nyt job"}).status_code == 404
        assert client.post(substitute, ASTA).status_code == 404

    assert (state(seat), User.objects.filter(email=ASTA["email"]).count()) == ("enrolled", 0)


def test_both_ask_who_you_are(client, url, substitute):
    assert [client.get(path)["Location"] for path in (url, substitute)] == [
        f"/konto/login/?next={url}",
        f"/konto/login/?next={substitute}",
    ]


def test_a_seat_of_another_cohort_is_not_under_this_address(standing, client):
    foreign = kursist_in(CohortFactory(course=standing.cohort.course)).enrolments.get()
    client.force_login(standing.coordinator)

    assert client.get(f"/hold/hold-vest/kursister/{foreign.pk}/").status_code == 404


def test_the_page_says_who_when_and_why(standing, client):
    wish = wishing(standing.cohort, "applied", municipality=standing.manager.memberships.get().organisation)
    actions.refuse_application(enrolment=wish, by=standing.manager, now=NOW, reason="Vi har ingen vikar.")

    [step] = words(page(client, standing.coordinator, f"/hold/hold-vest/kursister/{wish.pk}/"), "#history + .sheet li")

    assert [standing.manager.name in step, "Vi har ingen vikar." in step] == [True, True]


def test_who_waits_is_shown_with_place_and_reason(standing, client):
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=1)
    wish = wishing(standing.cohort)

    soup = page(client, standing.coordinator, f"/hold/hold-vest/kursister/{wish.pk}/")

    assert words(soup, "#standing") == [
        gettext("Number %(place)s of %(of)s on the waiting list") % {"place": 1, "of": 1}
    ]
    assert words(soup, "section[aria-labelledby=standing] li") == [
        gettext("All %(of)s seats are taken, offered or reserved.") % {"of": 1}
    ]


def test_giving_up_takes_a_word_clears_the_calendar_and_passes_the_seat_on(standing, client, seat, url):
    day = schedule(standing.cohort)
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=1)
    waits = wishing(standing.cohort)
    client.force_login(standing.manager)

    refused = client.post(url, {"reason": " \x07"})
    before = state(seat)
    response = client.post(url, {"reason": "Har fået nyt job"})
    client.post(url, {"reason": "igen"})

    assert (refused.status_code, before, response["Location"]) == (200, "enrolled", url)
    assert (state(seat), state(waits), day in invited_to(standing.owner)) == ("withdrawn", "offered", False)
    assert [change.reason for change in seat.changes.all()] == ["Har fået nyt job"]


def test_the_page_says_before_how_many_days_leave_the_calendar(standing, client, url):
    schedule(standing.cohort), schedule(standing.cohort, days=9)

    text = words(page(client, standing.coordinator, url), "details p")[0]

    assert text.startswith("2 ")


@pytest.mark.parametrize("reason", [f"Borgeren {CPR}", "x" * 201, ""])
def test_bad_words_keep_the_seat_and_what_was_typed(standing, client, seat, url, reason):
    client.force_login(standing.coordinator)

    response = client.post(url, {"reason": reason})

    soup = BeautifulSoup(response.content, "html.parser")
    assert (state(seat), soup.select_one("[name=reason]").get("value", "")) == ("enrolled", reason)


def test_who_has_left_can_neither_give_up_nor_hand_over(standing, client, seat, url, substitute):
    actions.withdraw(enrolment=seat, by=None, now=NOW)

    soup = page(client, standing.coordinator, url)

    assert (soup.select("details.decline"), soup.select(f'a[href="{substitute}"]')) == ([], [])
    assert client.get(substitute)["Location"] == url


def test_a_substitute_has_the_seat_and_is_invited(standing, client, seat, url, substitute):
    day = schedule(standing.cohort)
    client.force_login(standing.manager)

    response = client.post(substitute, ASTA)

    new = Enrolment.objects.get(person__email=ASTA["email"])
    assert response["Location"] == f"/hold/hold-vest/kursister/{new.pk}/"
    assert (state(seat), new.state, new.municipality) == ("withdrawn", "enrolled", seat.municipality)
    assert invited_to(new.person) == [day]
    assert Notice.objects.filter(recipient=new.person, occasion="people.invited").count() == 1


def test_a_second_click_says_that_the_seat_is_handed_over(standing, client, seat, url, substitute):
    client.force_login(standing.manager)
    client.post(substitute, ASTA)

    response = client.post(substitute, ASTA | {"email": "en.anden@viborg.example"})

    assert (response["Location"], Enrolment.objects.enrolled().filter(cohort=standing.cohort).count()) == (url, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "12 34"}, "name"),
        ({"name": f"Asta {CPR}"}, "name"),
        ({"email": "asta"}, "email"),
        ({"email": ""}, "email"),
        ({"title": "x" * 121}, "title"),
    ],
)
def test_bad_values_are_named_and_nobody_leaves(standing, client, seat, *, substitute, fields, field):
    client.force_login(standing.manager)

    response = client.post(substitute, ASTA | fields)

    assert (response.status_code, set(response.context["form"].errors)) == (200, {field})
    assert (state(seat), User.objects.filter(email=ASTA["email"]).count()) == ("enrolled", 0)


def test_a_number_is_refused_with_the_words_for_it(standing, client, substitute):
    client.force_login(standing.manager)

    response = client.post(substitute, ASTA | {"name": f"Asta {CPR}"})

    assert response.context["form"].errors["name"] == [CPR_MESSAGE]


def test_somebody_with_a_seat_is_no_substitute(standing, client, seat, substitute):
    other = EnrolmentFactory(cohort=standing.cohort, municipality=seat.municipality)
    client.force_login(standing.coordinator)

    response = client.post(substitute, ASTA | {"email": other.person.email})

    assert response.context["form"].errors["email"] == [gettext("The person has a seat in the cohort already.")]
    assert state(seat) == "enrolled"


def test_the_municipality_can_not_be_forged(standing, client, seat, substitute):
    client.force_login(standing.manager)

    client.post(substitute, ASTA | {"municipality": "0101", "state": "waiting", "cohort": 99, "role": "administrator"})

    new = Enrolment.objects.get(person__email=ASTA["email"])
    assert (new.municipality, new.cohort) == (seat.municipality, standing.cohort)
    assert [membership.role for membership in new.person.memberships.all()] == ["job_consultant"]


def test_the_list_of_kursister_leads_here_for_those_who_look_after_them(standing, client, url):
    EnrolmentFactory(cohort=standing.cohort)

    seen = {
        name: len(page(client, getattr(standing, name), "/hold/hold-vest/kursister/").select("tbody th a"))
        for name in ("coordinator", "manager", "programme_manager")
    }

    assert seen == {"coordinator": 2, "manager": 1, "programme_manager": 0}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_as_little_however_long_the_history_is(
    standing, client, seat, *, url, count, django_assert_num_queries
):
    for number in range(count):
        schedule(standing.cohort, days=4 + number)
        seat.changes.create(before="applied", after="waiting", by=standing.manager, at=NOW)
    client.force_login(standing.coordinator)

    with django_assert_num_queries(6):
        client.get(url)
