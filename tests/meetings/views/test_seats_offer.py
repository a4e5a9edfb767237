"""Answering an offered seat from a mail, without signing in."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils.translation import gettext

from lms.meetings import actions
from lms.meetings.methods import links
from lms.meetings.models import Cohort, Enrolment
from lms.meetings.queries.seats import offer_token
from lms.people.models import AuditEntry
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.days import NOW, invited_to, schedule
from tests.meetings.seats import offered, wishing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def offer(db):
    return offered()


@pytest.fixture
def link(offer):
    return f"/plads/{offer_token(offer)}/"


def state(offer):
    offer.refresh_from_db()
    return offer.state, Enrolment.objects.get(pk=offer.enrolment_id).state


def texts(response, selector):
    return [tag.get_text(" ", strip=True) for tag in BeautifulSoup(response.content, "html.parser").select(selector)]


def test_the_page_shows_the_cohort_the_days_and_two_buttons_and_nobody_else(offer, link, client):
    cohort = offer.enrolment.cohort
    Cohort.objects.update(capacity=2)
    other = kursist_in(cohort)
    schedule(cohort, days=9)

    response = client.get(link)

    assert texts(response, "main button") == [gettext("Yes, please"), gettext("No, thank you")]
    [line] = texts(response, "main li")
    assert ["11. november" in line, other.name in response.content.decode()] == [True, False]


@pytest.mark.parametrize("ask", ["get", "head", "options"])
@pytest.mark.parametrize("query", ["", "?decision=accept", "?decision=decline"])
def test_a_scanner_that_opens_the_link_changes_nothing(offer, link, client, ask, query):
    entries = AuditEntry.objects.count()

    assert getattr(client, ask)(link + query).status_code == 200

    assert (state(offer), AuditEntry.objects.count()) == (("open", "offered"), entries)


def test_yes_gives_the_seat_and_all_coming_days(offer, link, client):
    day = schedule(offer.enrolment.cohort, days=9)

    client.post(link, {"decision": "accept"})
    response = client.post(link, {"decision": "accept"}, follow=True)

    assert state(offer) == ("accepted", "enrolled")
    assert invited_to(offer.enrolment.person) == [day]
    assert texts(response, "main .alert-heading") == [gettext("You said yes")]
    assert AuditEntry.objects.get(verb="enrol").actor_id == offer.enrolment.person.pk


def test_no_passes_the_seat_on(offer, link, client):
    following = wishing(offer.enrolment.cohort, minutes=1)

    response = client.post(link, {"decision": "decline"}, follow=True)

    following.refresh_from_db()
    assert (state(offer), following.state) == (("declined", "withdrawn"), "offered")
    assert texts(response, "main .alert-heading") == [gettext("You said no")]


@pytest.mark.parametrize("body", [{}, {"decision": ""}, {"decision": "\x00"}, {"decision": "perhaps"}])
def test_anything_but_the_two_buttons_answers_nothing(offer, link, client, body):
    assert client.post(link, body).status_code == 302

    assert state(offer) == ("open", "offered")


def test_an_offer_that_has_run_out_says_so_and_gives_no_seat(offer, link, client):
    with time_machine.travel(offer.expires_at, tick=False):
        response = client.post(link, {"decision": "accept"}, follow=True)

    assert state(offer) == ("open", "offered")
    assert texts(response, "main .alert-heading") == [gettext("The offer has run out")]
    assert texts(response, "main form button") == []


@pytest.mark.parametrize(
    "change, heading",
    [
        (lambda _offer: Cohort.objects.update(state="cancelled"), "The cohort has been called off"),
        (
            lambda offer: actions.withdraw(enrolment=offer.enrolment, by=None, now=NOW),
            "The offer no longer holds",
        ),
    ],
)
def test_a_closed_offer_says_why(offer, link, client, change, heading):
    change(offer)

    response = client.get(link)

    assert (response.status_code, texts(response, "main .alert-heading")) == (200, [gettext(heading)])


def test_a_yes_after_another_got_the_seat_gives_none(offer, link, client):
    """The control of OfferGone: the naive door, enrolling by the link alone, would seat two in one seat."""
    following = wishing(offer.enrolment.cohort, minutes=1)
    actions.expire_offers(now=offer.expires_at)
    with time_machine.travel(offer.expires_at + timedelta(minutes=1), tick=False):
        client.post(link, {"decision": "accept"})

    following.refresh_from_db()
    assert (state(offer), following.state) == (("expired", "withdrawn"), "offered")


# With names of their own: a token holds the second it was made in, and two processes must collect the same tests.
@pytest.mark.parametrize(
    "token",
    ["0" * 64, links.sign("answer", o=1), links.sign("offer", o=10**6), "é" * 20],
    ids=["made up", "for another purpose", "of no offer", "not even ascii"],
)
def test_a_forged_link_is_not_found(offer, client, token):
    assert client.get(f"/plads/{token}/").status_code == 404
    assert client.post(f"/plads/{token}/", {"decision": "accept"}).status_code == 404


def test_a_link_of_somebody_who_has_left_the_job_is_not_found(offer, link, client):
    offer.enrolment.person.memberships.update(end_date=NOW.date() - timedelta(days=1))

    assert client.get(link).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_as_little_of_the_database_however_many_days(client, count, django_assert_num_queries):
    cohort = CohortFactory(capacity=1)
    for number in range(count):
        schedule(cohort, days=4 + number)
    link = f"/plads/{offer_token(offered(cohort))}/"
    client.get(link)

    with django_assert_num_queries(3):
        client.get(link)
