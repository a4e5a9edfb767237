"""Two at once about one offer. SQLite lets one writer in at a time, so only PostgreSQL can lose the race."""

from datetime import timedelta

import pytest
from django.db import connection

from lms.meetings import actions
from lms.meetings.models import Enrolment, EnrolmentChange, SeatOffer
from tests.factories.meetings import CohortFactory, EnrolmentFactory
from tests.meetings.actions.test_seat_race import CROWD, at_once
from tests.meetings.days import NOW

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.drill,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only"),
]


@pytest.fixture
def cohort():
    return CohortFactory(capacity=1)


@pytest.fixture
def queue(cohort):
    return [EnrolmentFactory(cohort=cohort, state=Enrolment.State.WAITING, waiting_since=NOW) for _ in range(2)]


def test_one_freed_seat_is_offered_once_however_many_senders_there_are(cohort, queue):
    at_once(lambda _sender: actions.fill_freed_seats(cohort=cohort, now=NOW), range(CROWD))

    assert SeatOffer.objects.count() == 1


def test_an_offer_accepted_many_times_at_once_is_one_seat(cohort, queue):
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)

    at_once(lambda _click: actions.accept_offer(offer=offer, by=None, now=NOW), range(CROWD))

    assert EnrolmentChange.objects.filter(after="enrolled").count() == 1


def test_a_yes_and_the_clock_at_once_give_the_seat_to_one_of_the_two(cohort, queue):
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)

    def answer_or_expire(number):
        if number % 2:
            return actions.expire_offers(now=offer.expires_at + timedelta(minutes=1))
        try:
            return actions.accept_offer(offer=offer, by=None, now=offer.expires_at - timedelta(seconds=1))
        except actions.OfferGone:
            return None

    at_once(answer_or_expire, range(CROWD))

    holding = cohort.enrolments.filter(state__in=("enrolled", "offered"))
    assert holding.count() == 1
