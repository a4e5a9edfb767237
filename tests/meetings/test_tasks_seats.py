from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from lms.meetings import actions, tasks
from lms.meetings.models import Enrolment
from tests.factories.meetings import CohortFactory, SeatReservationFactory
from tests.meetings.days import NOW
from tests.meetings.seats import offered, wishing

pytestmark = pytest.mark.django_db
LAPSED = datetime(2026, 11, 6, 8, tzinfo=UTC)


def states(cohort):
    return list(Enrolment.objects.filter(cohort=cohort).order_by("pk").values_list("state", flat=True))


def test_the_clock_passes_on_an_offer_nobody_answered():
    offer = offered()
    cohort = offer.enrolment.cohort
    wishing(cohort, minutes=1)

    with time_machine.travel(offer.expires_at, tick=False):
        tasks.expire_offers()

    assert states(cohort) == ["withdrawn", "offered"]


def test_the_clock_leaves_an_offer_that_still_runs():
    offer = offered()

    with time_machine.travel(offer.expires_at - timedelta(minutes=1), tick=False):
        tasks.expire_offers()

    assert states(offer.enrolment.cohort) == ["offered"]


def test_a_reservation_that_lapsed_is_offered_to_who_waits():
    """The control: without the clock nobody fills the seat, since no hand moved anything."""
    cohort = CohortFactory(capacity=2)
    SeatReservationFactory(cohort=cohort, seats=2, name_by_date=date(2026, 11, 5))
    wishing(cohort)
    actions.expire_offers(now=LAPSED)
    before = states(cohort)

    with time_machine.travel(LAPSED, tick=False):
        tasks.expire_offers()

    assert (before, states(cohort)) == (["waiting"], ["offered"])


@pytest.mark.parametrize("closed", ["draft", "closed", "cancelled"])
def test_the_clock_offers_nothing_of_a_cohort_that_is_not_open(closed):
    cohort = CohortFactory(state=closed)
    wishing(cohort)

    assert (actions.fill_open_cohorts(now=NOW), states(cohort)) == (0, ["waiting"])


@pytest.mark.parametrize("count", [1, 3, 30])
def test_cohorts_nobody_waits_for_cost_nothing(count, django_assert_num_queries):
    for _number in range(count):
        CohortFactory()

    with django_assert_num_queries(1):
        assert actions.fill_open_cohorts(now=NOW) == 0
