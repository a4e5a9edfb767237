"""Seats without names: reserved, given names, given back, and offered to the municipality's own people first."""

from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import Cohort, SeatOffer, SeatReservation
from lms.notifications.models import Notice
from lms.people.models import AuditEntry, Membership, User
from tests.factories.meetings import CohortFactory, EnrolmentFactory, SeatReservationFactory
from tests.factories.people import MunicipalityFactory
from tests.meetings.days import NOW, schedule
from tests.meetings.seats import wishing

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
VALUES = {"name": "Asta Lynggaard", "email": "Asta.Lynggaard@viborg.example", "title": "Jobformidler"}


def reserve(cohort, municipality, seats, days=14):
    return actions.reserve_seats(
        cohort=cohort,
        municipality=municipality,
        seats=seats,
        name_by_date=TODAY + timedelta(days=days),
        by=None,
        now=NOW,
    )


def name(reservation, **values):
    return actions.name_seat(reservation=reservation, values=VALUES | values, by=None, now=NOW)


def give_back(reservation, seats):
    return actions.give_back_seats(reservation=reservation, seats=seats, by=None, now=NOW)


def left(reservation):
    return SeatReservation.objects.get(pk=reservation.pk).seats


def state(enrolment):
    enrolment.refresh_from_db()
    return enrolment.state


@pytest.fixture
def own():
    return MunicipalityFactory(name="Viborg")


def test_a_number_said_again_holds_the_same_seats(own):
    cohort = CohortFactory(capacity=3)

    reserve(cohort, own, 3)
    reserve(cohort, own, 3)

    assert list(cohort.reservations.values_list("seats", flat=True)) == [3]


def test_more_than_there_are_free_seats_is_refused_and_the_old_number_stays(own):
    cohort = CohortFactory(capacity=3)
    EnrolmentFactory(cohort=cohort)
    reservation = reserve(cohort, own, 1)

    with pytest.raises(actions.CohortFull):
        reserve(cohort, own, 3)

    assert left(reservation) == 1


def test_a_day_that_is_past_holds_nothing(own):
    with pytest.raises(actions.DeadlineIsPast):
        reserve(CohortFactory(), own, 1, days=-1)

    assert SeatReservation.objects.count() == 0


@pytest.mark.parametrize("closed", ["draft", "closed", "cancelled"])
def test_only_an_open_cohort_reserves(own, closed):
    with pytest.raises(actions.NotOpenForEnrolment):
        reserve(CohortFactory(state=closed), own, 1)


def test_a_reservation_that_ran_out_counts_as_none_when_it_is_made_anew(own):
    cohort = CohortFactory(capacity=2)
    SeatReservationFactory(cohort=cohort, municipality=own, seats=2, name_by_date=TODAY - timedelta(days=1))
    EnrolmentFactory(cohort=cohort)

    with pytest.raises(actions.CohortFull):
        reserve(cohort, own, 2)


def test_fewer_than_before_frees_the_others_for_those_who_wait(own):
    cohort = CohortFactory(capacity=2)
    reserve(cohort, own, 2)
    waits = wishing(cohort)

    reserve(cohort, own, 1)

    assert state(waits) == "offered"


def test_given_back_seats_are_offered_at_once(own):
    cohort = CohortFactory(capacity=2)
    reservation = reserve(cohort, own, 2)
    waits = wishing(cohort)

    assert (give_back(reservation, 1), left(reservation), state(waits)) == (1, 1, "offered")


def test_no_more_can_be_given_back_than_there_are(own):
    reservation = reserve(CohortFactory(), own, 2)

    assert (give_back(reservation, 9), give_back(reservation, 9)) == (2, 0)
    assert AuditEntry.objects.filter(verb="give_back_seats").count() == 1


def test_a_name_makes_account_membership_seat_and_invitation(own):
    cohort = CohortFactory(capacity=1)
    day = schedule(cohort)
    reservation = reserve(cohort, own, 1)

    enrolment = name(reservation)

    person = User.objects.get(email="asta.lynggaard@viborg.example")
    assert (enrolment.person, enrolment.municipality, enrolment.state) == (person, own, "enrolled")
    assert list(Membership.objects.values_list("person", "organisation", "role")) == [
        (person.pk, own.pk, "job_consultant")
    ]
    assert (left(reservation), list(day.invitees.kursister().values_list("person", flat=True))) == (0, [person.pk])
    told = Notice.objects.filter(recipient=person).values_list("occasion", flat=True)
    assert sorted(told) == ["meetings.invited", "people.invited"]


def test_the_last_seat_gets_one_name(own):
    reservation = reserve(CohortFactory(capacity=5), own, 1)
    name(reservation)

    with pytest.raises(actions.NoSeatsReserved):
        name(reservation, email="en.anden@viborg.example")

    assert User.objects.filter(email="en.anden@viborg.example").count() == 0


def test_after_its_day_a_reservation_names_nobody(own):
    reservation = SeatReservationFactory(municipality=own, name_by_date=TODAY - timedelta(days=1))

    with pytest.raises(actions.NoSeatsReserved):
        name(reservation)


def test_a_cancelled_cohort_names_nobody(own):
    reservation = reserve(CohortFactory(), own, 1)
    Cohort.objects.update(state="cancelled")

    with pytest.raises(actions.NoSeatsReserved):
        name(reservation)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"name": ""}, ("name", "missing")),
        ({"name": "12345"}, ("name", "not_a_name")),
        ({"email": "asta"}, ("email", "not_an_address")),
        ({"title": "x" * 121}, ("title", "too_long")),
    ],
)
def test_bad_values_are_named_and_nothing_is_stored(own, values, problem):
    reservation = reserve(CohortFactory(), own, 1)

    with pytest.raises(actions.RowRefused) as refused:
        name(reservation, **values)

    [found] = refused.value.checked.problems
    assert ((found.column, found.code), left(reservation), User.objects.count()) == (problem, 1, 0)


def test_somebody_with_a_seat_takes_no_second_one(own):
    cohort = CohortFactory()
    has_one = EnrolmentFactory(cohort=cohort, municipality=own)
    reservation = reserve(cohort, own, 1)

    with pytest.raises(actions.RowRefused) as refused:
        name(reservation, email=has_one.person.email)

    assert [problem.code for problem in refused.value.checked.problems] == ["has_seat"]
    assert left(reservation) == 1


def test_who_waits_from_the_municipality_is_offered_its_reserved_seat_before_others_who_waited_longer(own):
    cohort = CohortFactory(capacity=1)
    longer, ours = wishing(cohort, minutes=90), wishing(cohort, minutes=5, municipality=own)
    reservation = SeatReservationFactory(cohort=cohort, municipality=own, seats=1)

    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)

    assert (offer.enrolment, offer.reservation, left(reservation)) == (ours, reservation, 0)
    assert state(longer) == "waiting"


def test_the_reserved_seat_and_a_free_one_go_to_one_each(own):
    cohort = CohortFactory(capacity=2)
    other, ours = wishing(cohort, minutes=90), wishing(cohort, minutes=99, municipality=own)
    SeatReservationFactory(cohort=cohort, municipality=own, seats=1)

    offers = actions.fill_freed_seats(cohort=cohort, now=NOW)

    assert {offer.enrolment: offer.reservation is not None for offer in offers} == {ours: True, other: False}


def test_a_no_gives_the_seat_back_to_the_municipality_until_its_day(own):
    cohort = CohortFactory(capacity=1)
    reservation = SeatReservationFactory(cohort=cohort, municipality=own, seats=1)
    wishing(cohort, municipality=own)
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)
    stranger = wishing(cohort)

    actions.decline_offer(offer=offer, by=None, now=NOW)

    assert (left(reservation), state(stranger)) == (1, "waiting")


def test_a_no_after_the_day_frees_the_seat_for_the_next_in_line(own):
    cohort = CohortFactory(capacity=1, offer_hours=999)
    reservation = SeatReservationFactory(cohort=cohort, municipality=own, seats=1, name_by_date=TODAY)
    wishing(cohort, municipality=own)
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)
    stranger = wishing(cohort)

    actions.decline_offer(offer=offer, by=None, now=NOW + timedelta(days=2))

    assert (left(reservation), state(stranger)) == (0, "offered")


def test_a_yes_uses_the_seat_up(own):
    cohort = CohortFactory(capacity=1)
    reservation = SeatReservationFactory(cohort=cohort, municipality=own, seats=1)
    wishing(cohort, municipality=own)
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)

    actions.accept_offer(offer=offer, by=None, now=NOW)

    assert (left(reservation), SeatOffer.objects.get().state) == (0, "accepted")


def test_who_gives_up_an_offer_by_another_door_leaves_the_seat_with_the_municipality(own):
    cohort = CohortFactory(capacity=1)
    reservation = SeatReservationFactory(cohort=cohort, municipality=own, seats=1)
    wish = wishing(cohort, municipality=own)
    actions.fill_freed_seats(cohort=cohort, now=NOW)
    wish.refresh_from_db()

    actions.withdraw(enrolment=wish, by=None, now=NOW)

    assert (left(reservation), SeatOffer.objects.get().state) == (1, "withdrawn")


def test_who_is_enrolled_while_an_offer_is_open_takes_the_offered_seat(own):
    cohort = CohortFactory(capacity=1)
    reservation = SeatReservationFactory(cohort=cohort, municipality=own, seats=1)
    wish = wishing(cohort, municipality=own)
    actions.fill_freed_seats(cohort=cohort, now=NOW)

    actions.enrol(person=wish.person, cohort=cohort, municipality=own, by=None, now=NOW)

    assert (left(reservation), state(wish)) == (0, "enrolled")


def test_seats_nobody_named_in_time_go_to_those_who_wait_when_the_clock_comes_round(own):
    cohort = CohortFactory(capacity=1)
    reserve(cohort, own, 1, days=3)
    waits = wishing(cohort)

    before = actions.fill_open_cohorts(now=NOW + timedelta(days=3))
    after = actions.fill_open_cohorts(now=NOW + timedelta(days=4))

    assert (before, after, state(waits)) == (0, 1, "offered")


def test_each_step_is_recorded(own):
    reservation = reserve(CohortFactory(), own, 2)
    name(reservation)
    give_back(reservation, 1)

    verbs = set(AuditEntry.objects.filter(object_type="meetings.seatreservation").values_list("verb", flat=True))
    assert verbs == {"reserve_seats", "name_seat", "give_back_seats"}
