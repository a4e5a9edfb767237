"""Many at once about one offer. SQLite lets one writer in at a time, so only PostgreSQL can lose the race."""

import pytest
from django.db import connection

from lms.meetings import actions
from lms.meetings.models import EnrolmentChange, SeatOffer
from tests.drills import works
from tests.drills.conftest import CROWD, FEW_ROUNDS, ROUNDS
from tests.factories.meetings import CohortFactory
from tests.meetings.days import NOW, schedule
from tests.meetings.seats import wishing

pytestmark = [
    pytest.mark.usefixtures("arena"),
    pytest.mark.drill,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only"),
]


def waited_for():
    """A cohort with one free seat, a day, and two who wait."""
    cohort = CohortFactory(capacity=1)
    schedule(cohort, days=30)
    for minutes in (60, 30):
        wishing(cohort, minutes=minutes)
    return cohort


def filling(crowd, *, locked=True):
    """Every sender finds the same free seat."""
    cohort = waited_for()
    answers = crowd.at_once(works.fill_freed_seats, [{"cohort": cohort.pk}] * CROWD, locked=locked)
    return cohort, answers


def test_one_freed_seat_is_offered_once_to_the_first(crowd, report):
    for _round in range(ROUNDS):
        cohort, answers = filling(crowd)
        offer = SeatOffer.objects.get(enrolment__cohort=cohort)
        assert offer.enrolment == cohort.enrolments.order_by("pk").first()
        assert sorted(answer.value for answer in answers) == [0] * (CROWD - 1) + [1]

    report(f"{CROWD} processes, {ROUNDS} rounds: one offer each, to the first on the list")


def test_without_the_lock_a_freed_seat_is_offered_again_and_again(crowd, report):
    """The control: each offer takes back the one before, and the person has a mail about every one of them."""
    offers = [
        SeatOffer.objects.filter(enrolment__cohort=filling(crowd, locked=False)[0]).count() for _ in range(FEW_ROUNDS)
    ]

    report(f"control, no lock: {sum(offers)} offers for {FEW_ROUNDS}")
    assert min(offers) > 1


def accepting(crowd, *, locked=True):
    """The offered person says yes by link, while a coordinator puts the same person into the cohort."""
    cohort = waited_for()
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)
    seat = offer.enrolment
    wish = {"person": seat.person_id, "cohort": cohort.pk, "municipality": seat.municipality_id}
    facts = [{"offer": None if number % 2 else offer.pk, **wish} for number in range(CROWD)]
    answers = crowd.at_once(works.accept_or_enrol, facts, locked=locked)
    return answers, EnrolmentChange.objects.filter(enrolment=seat, after="enrolled").count(), seat.person


def test_a_yes_many_times_at_once_is_one_seat(crowd, report):
    for _round in range(ROUNDS):
        answers, taken, person = accepting(crowd)
        assert {answer.value for answer in answers} - {None} == {"enrolled"}
        assert {answer.refusal for answer in answers} <= {"", "OfferGone"}  # the coordinator was quicker
        assert (taken, person.notices.filter(occasion="meetings.invited").count()) == (1, 1)

    report(f"{CROWD} processes, {ROUNDS} rounds: one seat and one invitation each")


def test_without_the_lock_a_yes_many_times_at_once_is_told_again_or_an_error(crowd, report):
    """The control: the seat was taken several times, or the database ended somebody's request."""
    taken, errors = 0, 0
    for _round in range(FEW_ROUNDS):
        answers, times, _person = accepting(crowd, locked=False)
        ended = sum(answer.refusal not in {"", "OfferGone"} for answer in answers)
        assert times > 1 or ended > 0
        taken, errors = taken + times, errors + ended

    report(f"control, no lock: taken {taken} times for {FEW_ROUNDS}, {errors} errors")


def answering_late(crowd, clocks, *, locked=True):
    """So many are the clock, just after the deadline; the others say yes in the last second. What was told to whom."""
    SeatOffer.objects.all().delete()  # the clock would also pass on what other rounds have left open
    cohort = waited_for()
    [offer] = actions.fill_freed_seats(cohort=cohort, now=NOW)
    facts = [{"offer": offer.pk, "is_clock": number < clocks} for number in range(CROWD)]
    told = {answer.value for answer in crowd.at_once(works.answer_or_expire, facts, locked=locked)}
    return told & {"enrolled", "expired"}, cohort.enrolments.filter(state__in=("enrolled", "offered")).count()


def test_a_yes_and_the_clock_at_once_give_the_seat_to_one_of_the_two(crowd, report):
    winners = []
    for _round in range(ROUNDS):
        told, held = answering_late(crowd, CROWD // 2)
        assert (len(told), held) == (1, 1)
        winners += told

    counts = f"{winners.count('enrolled')} times the yes, {winners.count('expired')} times the clock"
    report(f"{CROWD} processes, {ROUNDS} rounds: {counts}, never both")


def test_without_the_lock_a_yes_and_the_clock_both_win(crowd, report):
    both = [len(answering_late(crowd, 1, locked=False)[0]) == 2 for _round in range(ROUNDS)]

    report(f"control, no lock: {sum(both)} of {ROUNDS} rounds took both answers")
    assert any(both)
