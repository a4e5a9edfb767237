"""What becomes of a seat that is given back; what becomes of its days is tested with enrolling."""

import pytest

from lms.meetings import actions
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.days import NOW
from tests.meetings.seats import wishing

pytestmark = pytest.mark.django_db


def state(enrolment):
    enrolment.refresh_from_db()
    return enrolment.state


def test_a_seat_given_back_is_offered_to_who_has_waited_longest():
    cohort = CohortFactory(capacity=1)
    seat = kursist_in(cohort).enrolments.get()
    late, early = wishing(cohort, minutes=5), wishing(cohort, minutes=50)

    actions.withdraw(enrolment=seat, by=None, now=NOW)

    assert (state(early), state(late)) == ("offered", "waiting")


def test_a_seat_given_back_goes_first_to_the_same_municipality():
    cohort = CohortFactory(capacity=1)
    seat = kursist_in(cohort).enrolments.get()
    early, own = wishing(cohort, minutes=50), wishing(cohort, minutes=5, municipality=seat.municipality)

    actions.withdraw(enrolment=seat, by=None, now=NOW)

    assert (state(early), state(own)) == ("waiting", "offered")


def test_who_leaves_the_waiting_list_gives_the_own_municipality_no_turn():
    """The seat that is free came from elsewhere; leaving the list frees none."""
    cohort = CohortFactory(capacity=1)
    leaving = wishing(cohort, minutes=90)
    early, own = wishing(cohort, minutes=50), wishing(cohort, minutes=5, municipality=leaving.municipality)

    actions.withdraw(enrolment=leaving, by=None, now=NOW)

    assert (state(early), state(own)) == ("offered", "waiting")


def test_giving_back_twice_offers_one_seat():
    cohort = CohortFactory(capacity=1)
    seat = kursist_in(cohort).enrolments.get()
    early, late = wishing(cohort, minutes=50), wishing(cohort, minutes=5)

    actions.withdraw(enrolment=seat, by=None, now=NOW)
    actions.withdraw(enrolment=seat, by=None, now=NOW)

    assert (state(early), state(late)) == ("offered", "waiting")
