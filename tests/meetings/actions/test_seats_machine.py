"""Any order of what people do with seats: never more held than there are, and one open offer for each offered."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment, SeatOffer
from tests.factories.meetings import CohortFactory
from tests.factories.people import MunicipalityFactory, UserFactory
from tests.meetings.days import NOW

PEOPLE = st.integers(0, 5)
REFUSALS = (actions.CohortFull, actions.NotOpenForEnrolment, actions.NotAnApplication, actions.OfferGone)


class Seats(RuleBasedStateMachine):
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
            self.attempt(action, offer=offer)

    @rule(number=PEOPLE)
    def join(self, number):
        person, town = self.people[number], self.towns[number % 2]
        self.attempt(actions.apply_for_seat, person=person, cohort=self.cohort, municipality=town)

    @rule(number=PEOPLE)
    def approve(self, number):
        self.about(number, actions.approve_application)

    @rule(number=PEOPLE)
    def refuse(self, number):
        self.about(number, actions.refuse_application, reason="Nej")

    @rule(number=PEOPLE)
    def leave(self, number):
        self.about(number, actions.withdraw)

    @rule(town=st.integers(0, 1), seats=st.integers(1, 3))
    def reserve(self, town, seats):
        fields = {"municipality": self.towns[town], "seats": seats, "name_by_date": NOW.date() + timedelta(days=9)}
        self.attempt(actions.reserve_seats, cohort=self.cohort, **fields)

    @rule()
    def offer(self):
        actions.fill_freed_seats(cohort=self.cohort, now=self.now)

    @rule(number=PEOPLE)
    def accept(self, number):
        self.answer(number, actions.accept_offer)

    @rule(number=PEOPLE)
    def decline(self, number):
        self.answer(number, actions.decline_offer)

    @rule()
    def expire(self):
        actions.expire_offers(now=self.now + timedelta(days=4))

    @rule()
    def add_a_seat(self):
        Cohort.objects.filter(pk=self.cohort.pk).update(capacity=Cohort.objects.get(pk=self.cohort.pk).capacity + 1)

    @invariant()
    def never_over_capacity(self):
        if hasattr(self, "cohort"):
            held = self.cohort.enrolments.filter(state__in=("enrolled", "offered")).count()
            reserved = sum(self.cohort.reservations.values_list("seats", flat=True))
            assert held + reserved <= Cohort.objects.get(pk=self.cohort.pk).capacity

    @invariant()
    def an_open_offer_and_being_offered_are_the_same(self):
        offered = set(Enrolment.objects.filter(state="offered").values_list("pk", flat=True))
        assert sorted(offered) == sorted(SeatOffer.objects.open().values_list("enrolment", flat=True))


@pytest.mark.drill
@pytest.mark.django_db
def test_any_order_of_events_keeps_the_seats_right(report):
    run_state_machine_as_test(Seats)
    report(f"{settings().max_examples} runs of up to {settings().stateful_step_count} steps")


@pytest.mark.drill
@pytest.mark.django_db
def test_offers_that_do_not_count_the_seats_are_found_out(monkeypatch):
    """The control: should this ever pass the machine, the runs above prove nothing."""
    monkeypatch.setattr("lms.meetings.actions.offers.free_seats", lambda _cohort, _now: 99)
    seats = Seats()
    seats.begin(capacity=1, needs_approval=False)
    seats.join(0)
    seats.join(1)
    seats.never_over_capacity()
    seats.offer()

    with pytest.raises(AssertionError):
        seats.never_over_capacity()

    seats.teardown()
