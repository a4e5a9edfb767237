from datetime import timedelta

import pytest

from lms.meetings import queries
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db


def attend(meeting, seat, **states):
    for half, state in (states or {"morning": "present", "afternoon": "present"}).items():
        AttendanceFactory(meeting=meeting, enrolment=seat, half=half, state=state)


def credit(seat, day):
    return queries.credits_for([seat])[seat.pk][day.pk]


@pytest.fixture
def day():
    return schedule(CohortFactory(name="Hold Vest"), days=-7)


@pytest.fixture
def seat(day):
    return kursist_in(day.cohort).enrolments.get()


@pytest.fixture
def instead(day, seat):
    """The same day with another cohort."""
    other = schedule(CohortFactory(name="Hold Øst"), days=0)
    other.invitees.create(person=seat.person, role="guest", makes_up_for=day)
    return other


@pytest.mark.parametrize(
    ("states", "covered", "partly"),
    [
        ({"morning": "present", "afternoon": "present"}, True, False),
        ({"morning": "present", "afternoon": "partial"}, True, False),
        ({"morning": "present", "afternoon": "absent"}, False, True),
        ({"morning": "present"}, False, True),
        ({"morning": "absent", "afternoon": "absent"}, False, False),
    ],
)
def test_a_day_is_covered_half_by_half(day, seat, states, covered, partly):
    attend(day, seat, **states)

    found = credit(seat, day)
    assert (found.is_covered, found.is_partly_covered, found.is_made_up) == (covered, partly, False)


def test_a_day_elsewhere_counts_for_the_one_missed_at_home(day, seat, instead):
    attend(day, seat, morning="absent", afternoon="absent")
    attend(instead, seat)

    found = credit(seat, day)
    assert (found.is_covered, found.is_made_up, found.instead) == (True, True, instead)


def test_being_invited_elsewhere_is_not_having_been_there(day, seat, instead):
    assert credit(seat, day).is_covered is False


def test_marks_of_a_colleague_at_the_other_day_count_for_nobody_else(day, seat, instead):
    attend(instead, kursist_in(instead.cohort).enrolments.get())

    assert credit(seat, day).is_covered is False


def test_a_guest_taken_off_again_keeps_no_credit(day, seat, instead):
    attend(instead, seat)
    instead.invitees.update(is_removed=True)

    assert credit(seat, day).is_covered is False


def test_the_days_are_those_of_the_cohort_and_of_the_own_group():
    cohort = CohortFactory()
    own, other = (SupervisionGroupFactory(cohort=cohort) for _group in range(2))
    seat = member_of(own).enrolments.get()
    teaching, mine = schedule(cohort), schedule(cohort, group=own)
    schedule(cohort, group=other)

    assert queries.credits_for([seat])[seat.pk].keys() == {teaching.pk, mine.pk}


def test_own_attendance_counts_by_kind(day, seat):
    schedule(day.cohort)
    attend(day, seat)

    [(own, [progress])] = queries.own_attendance(seat.person)
    assert (own, progress.kind, progress.covered, progress.planned) == (seat, "teaching", 1, 2)


@pytest.mark.parametrize("many", [1, 3, 30])
def test_credits_cost_the_same_for_any_number(many, django_assert_num_queries):
    days = [schedule(CohortFactory(), days=-7, now=NOW - timedelta(days=8)) for _day in range(2)]
    seats = [kursist_in(days[0].cohort).enrolments.get() for _seat in range(many)]
    for seat in seats:
        days[1].invitees.create(person=seat.person, role="guest", makes_up_for=days[0])
        attend(days[1], seat)

    # groups, days, guests, marks, places elsewhere
    with django_assert_num_queries(5):
        found = queries.credits_for(seats)

    assert all(found[seat.pk][days[0].pk].is_made_up for seat in seats)
