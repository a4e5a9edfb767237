"""Any order of what people do with seats: never more held than there are, one open offer for each offered, order kept."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lms.meetings import actions
from lms.meetings.actions import offers
from lms.meetings.models import Cohort, Enrolment, SeatOffer
from tests.factories.meetings import CohortFactory
from tests.factories.people import MunicipalityFactory, UserFactory
from tests.meetings.days import NOW

PEOPLE = st.integers(0, 5)
TOWNS = st.integers(0, 1)
REFUSALS = (
    actions.CohortFull, actions.NotOpenForEnrolment, actions.NotAnApplication, actions.OfferGone, actions.DeadlineIsPast,
    actions.NoSeatsReserved, actions.NoSeatToHandOver, actions.RowRefused, actions.SeatsAreHeld,
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """An enrolment as it stood at one moment."""

    state: str
    since: datetime | None
    town: int


@dataclass(frozen=True)
class Seats:
    wishes: dict[int, Wish]
    reserved: dict[int, int]

    def waiting(self, town=None):
        return [wish for wish in self.wishes.values() if wish.state == "waiting" and town in {None, wish.town}]


class SeatsMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self):
        """Each run starts on empty tables."""
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    @initialize(capacity=st.integers(1, 3), needs_approval=st.booleans())
    def begin(self, capacity, needs_approval):
        self.now = NOW
        self.cohort = CohortFactory(capacity=capacity, needs_approval=needs_approval)
        self.towns = [MunicipalityFactory(), MunicipalityFactory()]
        self.people = [UserFactory() for _number in range(6)]

    # What happens.

    def attempt(self, action, **fields):
        self.now += timedelta(minutes=1)
        try:
            action(**fields, by=None, now=self.now)
        except REFUSALS:
            return

    def about(self, number, action, **fields):
        enrolment = self.cohort.enrolments.filter(person=self.people[number]).first()
        if enrolment:
            self.attempt(action, enrolment=enrolment, **fields)

    def answer(self, number, action):
        offer = SeatOffer.objects.filter(enrolment__person=self.people[number]).last()
        if offer:
            with self.order_kept():
                self.attempt(action, offer=offer)

    def values_of(self, number):
        return {"name": self.people[number].name, "email": self.people[number].email, "title": ""}

    @rule(number=PEOPLE)
    def join(self, number):
        person, town = self.people[number], self.towns[number % 2]
        with self.order_kept():
            self.attempt(actions.apply_for_seat, person=person, cohort=self.cohort, municipality=town)

    @rule(number=PEOPLE)
    def approve(self, number):
        with self.order_kept():
            self.about(number, actions.approve_application)

    @rule(number=PEOPLE)
    def refuse(self, number):
        with self.order_kept():
            self.about(number, actions.refuse_application, reason="Nej")

    @rule(number=PEOPLE)
    def leave(self, number):
        with self.order_kept():
            self.about(number, actions.withdraw)

    @rule(town=TOWNS, seats=st.integers(1, 3), days=st.integers(-1, 9))
    def reserve(self, town, seats, days):
        fields = {"municipality": self.towns[town], "seats": seats}
        fields["name_by_date"] = self.now.date() + timedelta(days=days)
        with self.order_kept():
            self.attempt(actions.reserve_seats, cohort=self.cohort, **fields)

    @rule(town=TOWNS, seats=st.integers(1, 3))
    def give_back(self, town, seats):
        for reservation in self.cohort.reservations.filter(municipality=self.towns[town]):
            with self.order_kept():
                self.attempt(actions.give_back_seats, reservation=reservation, seats=seats)

    @rule(town=TOWNS, number=PEOPLE)
    def name(self, town, number):
        """The municipality says itself who gets one of its own seats."""
        for reservation in self.cohort.reservations.filter(municipality=self.towns[town]):
            self.attempt(actions.name_seat, reservation=reservation, values=self.values_of(number))

    @rule(leaving=PEOPLE, coming=PEOPLE)
    def hand_over(self, leaving, coming):
        """A seat that goes from one to the other was never free."""
        before = self.seats_held()
        self.about(leaving, actions.name_substitute, values=self.values_of(coming))
        assert self.seats_held() <= before

    @rule()
    def offer(self):
        with self.order_kept():
            actions.fill_freed_seats(cohort=self.cohort, now=self.now)

    @rule(number=PEOPLE)
    def accept(self, number):
        self.answer(number, actions.accept_offer)

    @rule(number=PEOPLE)
    def decline(self, number):
        self.answer(number, actions.decline_offer)

    @rule(days=st.integers(1, 5))
    def days_pass(self, days):
        """Offers and reservations run out, and the clock's task comes round."""
        self.now += timedelta(days=days)
        with self.order_kept():
            actions.expire_offers(now=self.now)
            actions.fill_open_cohorts(now=self.now)

    @rule(capacity=st.integers(1, 5))
    def change_capacity(self, capacity):
        self.change(capacity=capacity)

    @rule(state=st.sampled_from(["open", "closed", "draft"]))
    def open_or_close(self, state):
        self.change(state=state)

    def change(self, **changes):
        cohort = Cohort.objects.get(pk=self.cohort.pk)
        with self.order_kept():
            self.attempt(actions.change_cohort, cohort=cohort, seen=cohort.edition, **changes)

    # What must hold, written from the promise.

    def seats(self) -> Seats:
        rows = self.cohort.enrolments.values_list("pk", "state", "waiting_since", "municipality")
        held = self.cohort.reservations.holding(self.now).values_list("municipality", "seats")
        return Seats({pk: Wish(*row) for pk, *row in rows}, dict(held))

    @contextmanager
    def order_kept(self):
        """Nobody is let in, or offered a seat, past somebody who has waited longer for that seat and waits on."""
        before = self.seats()
        yield
        after = self.seats()
        left = [
            before.wishes[pk].town for pk, wish in after.wishes.items() if self.has_left(before.wishes.get(pk), wish)
        ]
        for pk, wish in after.wishes.items():
            was = before.wishes.get(pk)
            if wish.state == "offered" and was and was.state == "waiting":
                self.check_offer(pk, was, after, left)
            elif wish.state == "enrolled" and (was is None or was.state in {"applied", "withdrawn", "refused"}):
                self.check_entry(wish, before, after)

    @staticmethod
    def has_left(was, wish):
        return was is not None and was.state in {"enrolled", "offered"} and wish.state == "withdrawn"

    def check_offer(self, pk, was, after, left):
        offer = SeatOffer.objects.open().get(enrolment=pk)
        if offer.reservation_id:
            passed = [wish for wish in after.waiting(was.town) if wish.since < was.since]
        elif was.town in left:  # the seat came from there, and goes there first
            left.remove(was.town)
            passed = [wish for wish in after.waiting(was.town) if wish.since < was.since]
        else:
            passed = [wish for wish in after.waiting() if wish.since < was.since]
        assert passed == []

    def check_entry(self, wish, before, after):
        from_own = after.reserved.get(wish.town, 0) < before.reserved.get(wish.town, 0)
        assert after.waiting(wish.town if from_own else None) == []

    def seats_held(self):
        held = self.cohort.enrolments.filter(state__in=("enrolled", "offered")).count()
        return held + sum(self.cohort.reservations.holding(self.now).values_list("seats", flat=True))

    @invariant()
    def never_over_capacity(self):
        if hasattr(self, "cohort"):
            assert self.seats_held() <= Cohort.objects.get(pk=self.cohort.pk).capacity

    @invariant()
    def an_open_offer_and_being_offered_are_the_same(self):
        offered = set(Enrolment.objects.filter(state="offered").values_list("pk", flat=True))
        assert sorted(offered) == sorted(SeatOffer.objects.open().values_list("enrolment", flat=True))

    @invariant()
    def no_seat_stays_free_while_somebody_waits_for_it(self):
        """As long as the cohort is open: what comes free is on offer before anybody looks."""
        if hasattr(self, "cohort"):
            cohort = Cohort.objects.get(pk=self.cohort.pk)
            is_idle = self.seats_held() < cohort.capacity and self.seats().waiting()
            assert not (cohort.state == "open" and is_idle and not self.has_run_out())

    def has_run_out(self):
        """A reservation whose day has just gone by: its seats wait for the clock's next round."""
        return self.cohort.reservations.filter(seats__gte=1).exclude(name_by_date__gte=self.now.date()).exists()


@pytest.mark.drill
@pytest.mark.django_db
def test_any_order_of_events_keeps_the_seats_right(report):
    run_state_machine_as_test(SeatsMachine)
    report(f"{settings().max_examples} runs of up to {settings().stateful_step_count} steps")


@pytest.fixture
def seats():
    machine = SeatsMachine()
    machine.begin(capacity=1, needs_approval=False)
    machine.join(0)
    yield machine
    machine.teardown()


@pytest.mark.drill
@pytest.mark.django_db
def test_offers_that_do_not_count_the_seats_are_found_out(monkeypatch, seats):
    """The control: should this ever pass the machine, the runs above prove nothing."""
    monkeypatch.setattr("lms.meetings.actions.offers.free_seats", lambda _cohort, _now: 99)
    seats.join(1)
    seats.never_over_capacity()
    seats.offer()

    with pytest.raises(AssertionError):
        seats.never_over_capacity()


@pytest.mark.drill
@pytest.mark.django_db
def test_offers_to_the_newest_first_are_found_out(monkeypatch, seats):
    """The control of the order: the same code with the queue the other way round."""
    reserved = offers._offer_reserved

    def newest_first(cohort, queue, deadline, now):
        queue.reverse()
        return reserved(cohort, queue, deadline, now)

    monkeypatch.setattr(offers, "_offer_reserved", newest_first)
    for number in (1, 3):
        seats.join(number)

    with pytest.raises(AssertionError):
        seats.change_capacity(2)


@pytest.mark.drill
@pytest.mark.django_db
def test_a_newcomer_who_passes_the_queue_is_found_out(monkeypatch, seats):
    """The control of entries: one who takes a seat without looking who waits."""
    seats.join(1)
    seats.open_or_close("closed")
    seats.change_capacity(2)
    monkeypatch.setattr("lms.meetings.actions.cohorts.fill_freed_seats", lambda **_about: [])
    seats.open_or_close("open")
    monkeypatch.setattr(
        "lms.meetings.actions.seats._seat_or_wait",
        lambda wish, by, now: actions.enrol(
            person=wish.person, cohort=wish.cohort, municipality=wish.municipality, by=by, now=now
        ),
    )

    with pytest.raises(AssertionError):
        seats.join(2)
