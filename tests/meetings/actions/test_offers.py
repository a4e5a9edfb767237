from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment, Meeting, SeatOffer
from tests.factories.meetings import CohortFactory, EnrolmentFactory, MeetingFactory
from tests.factories.people import MunicipalityFactory
from tests.meetings.days import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=4)


def waiting(cohort, minutes, **fields):
    since = NOW - timedelta(minutes=minutes)
    return EnrolmentFactory(cohort=cohort, state=Enrolment.State.WAITING, waiting_since=since, **fields)


def fill(cohort, **fields):
    return [offer.enrolment for offer in actions.fill_freed_seats(cohort=cohort, now=NOW, **fields)]


def state(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).state


def offered(cohort):
    enrolment = waiting(cohort, 60)
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)
    return enrolment, offer


def test_a_freed_seat_goes_to_the_one_who_has_waited_longest():
    cohort = CohortFactory(capacity=1)
    late, early = waiting(cohort, 5), waiting(cohort, 50)

    assert fill(cohort) == [early]
    assert (state(early), state(late)) == ("offered", "waiting")


def test_a_freed_seat_goes_first_to_the_municipality_it_came_from():
    cohort, own = CohortFactory(capacity=1), MunicipalityFactory()
    waiting(cohort, 50)
    ours = waiting(cohort, 5, municipality=own)

    assert fill(cohort, freed_by=own) == [ours]


def test_an_offer_holds_its_seat_so_the_same_seat_is_not_offered_twice():
    cohort = CohortFactory(capacity=1)
    waiting(cohort, 5), waiting(cohort, 50)

    fill(cohort)

    assert fill(cohort) == []


@pytest.mark.parametrize("closed", ["draft", "closed", "cancelled"])
def test_nothing_is_offered_when_the_cohort_is_not_open(closed):
    cohort = CohortFactory(state=closed)
    waiting(cohort, 5)

    assert fill(cohort) == []


def test_nothing_is_offered_when_every_day_is_past():
    cohort = CohortFactory()
    start = NOW - timedelta(days=2)
    MeetingFactory(cohort=cohort, starts_at=start, ends_at=start + timedelta(hours=6))
    waiting(cohort, 5)

    assert fill(cohort) == []


def test_the_deadline_is_never_past_the_next_day():
    cohort = CohortFactory(offer_hours=72)
    start = NOW + timedelta(hours=5)
    MeetingFactory(cohort=cohort, starts_at=start, ends_at=start + timedelta(hours=6))

    _enrolment, offer = offered(cohort)

    assert offer.expires_at == Meeting.objects.get().starts_at


def test_yes_twice_gives_one_seat():
    enrolment, offer = offered(CohortFactory(capacity=1))

    actions.accept_offer(offer=offer, by=None, now=NOW)
    actions.accept_offer(offer=offer, by=None, now=NOW)

    assert [change.after for change in enrolment.changes.all()] == ["offered", "enrolled"]


def test_yes_comes_too_late_even_before_the_clock_has_closed_the_offer():
    enrolment, offer = offered(CohortFactory())

    with pytest.raises(actions.OfferGone):
        actions.accept_offer(offer=offer, by=None, now=offer.expires_at)

    assert state(enrolment) == "offered"


def test_yes_does_not_come_through_when_the_cohort_is_cancelled():
    _enrolment, offer = offered(CohortFactory())
    Cohort.objects.update(state=Cohort.State.CANCELLED)

    with pytest.raises(actions.OfferGone):
        actions.accept_offer(offer=offer, by=None, now=NOW)


def test_no_passes_the_seat_on_and_cannot_become_a_yes():
    cohort = CohortFactory(capacity=1)
    following = waiting(cohort, 5)
    enrolment, offer = offered(cohort)

    actions.decline_offer(offer=offer, by=None, now=NOW)
    actions.decline_offer(offer=offer, by=None, now=NOW)

    assert (state(enrolment), state(following)) == ("withdrawn", "offered")
    with pytest.raises(actions.OfferGone):
        actions.accept_offer(offer=offer, by=None, now=NOW)


def test_what_nobody_answers_is_passed_on_once():
    cohort = CohortFactory(capacity=1)
    following = waiting(cohort, 5)
    enrolment, _offer = offered(cohort)

    assert [actions.expire_offers(now=LATER), actions.expire_offers(now=LATER)] == [1, 0]
    assert (state(enrolment), state(following)) == ("withdrawn", "offered")


def test_who_withdraws_leaves_no_offer_behind():
    enrolment, offer = offered(CohortFactory())

    actions.withdraw(enrolment=enrolment, by=None, now=NOW)

    assert SeatOffer.objects.get().state == "withdrawn"
    with pytest.raises(actions.OfferGone):
        actions.accept_offer(offer=offer, by=None, now=NOW)
