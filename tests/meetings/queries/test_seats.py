from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import Cohort
from lms.meetings.queries.seats import employer_of, free_seats, history_of, open_cohorts_for, standing_of
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, MeetingFactory, SeatReservationFactory, kursist_in
from tests.factories.people import MembershipFactory, person_with
from tests.meetings.days import NOW
from tests.meetings.seats import wishing

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=6)


def blocks(enrolment):
    return standing_of(enrolment, NOW).blocks


def past_day(cohort):
    return MeetingFactory(cohort=cohort, starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=2) + HOURS)


def test_the_place_in_line_counts_who_has_waited_longer():
    cohort = CohortFactory(capacity=1)
    third, first, second = (wishing(cohort, minutes=minutes) for minutes in (5, 50, 20))
    wishing(CohortFactory(), minutes=90)

    places = [standing_of(enrolment, NOW) for enrolment in (first, second, third)]

    assert [(standing.place, standing.of) for standing in places] == [(1, 3), (2, 3), (3, 3)]


def test_two_of_the_same_minute_have_a_place_each():
    cohort = CohortFactory()
    both = [wishing(cohort), wishing(cohort)]

    assert [standing_of(enrolment, NOW).place for enrolment in both] == [1, 2]


@pytest.mark.parametrize("closed", ["draft", "closed", "cancelled"])
def test_a_cohort_that_is_not_open_is_the_reason(closed):
    assert blocks(wishing(CohortFactory(state=closed))) == (closed,)


def test_a_full_cohort_is_the_reason():
    cohort = CohortFactory(capacity=1)
    kursist_in(cohort)

    assert blocks(wishing(cohort)) == ("full",)


def test_seats_held_without_names_fill_a_cohort_too():
    cohort = CohortFactory(capacity=2)
    SeatReservationFactory(cohort=cohort, seats=2)

    assert (free_seats(cohort, NOW), blocks(wishing(cohort))) == (0, ("full",))


def test_days_that_are_all_past_are_the_reason():
    cohort = CohortFactory()
    past_day(cohort)

    assert blocks(wishing(cohort)) == ("past",)


def test_every_reason_is_told_at_once():
    cohort = CohortFactory(state="closed", capacity=1)
    kursist_in(cohort), past_day(cohort), wishing(cohort, minutes=90)

    assert blocks(wishing(cohort)) == ("closed", "past", "full", "others before")


def test_an_applicant_waits_for_the_manager():
    assert blocks(wishing(CohortFactory(), "applied")) == ("not approved",)


@pytest.mark.parametrize("state", ["offered", "enrolled", "withdrawn", "refused"])
def test_who_does_not_wait_stands_in_no_line(state):
    assert standing_of(wishing(CohortFactory(), state), NOW) is None


def test_a_reason_is_told_exactly_when_nothing_would_be_offered():
    """The words and the machine agree: the control is the machine itself."""
    free, full = CohortFactory(capacity=1), CohortFactory(capacity=1)
    kursist_in(full)
    lucky, unlucky = wishing(free), wishing(full)
    told = [blocks(lucky), blocks(unlucky)]

    offers = [len(actions.fill_freed_seats(cohort=cohort, now=NOW)) for cohort in (free, full)]

    assert (told, offers) == ([(), ("full",)], [1, 0])


def test_the_history_is_the_persons_own_with_the_latest_first():
    cohort = CohortFactory()
    wish, other = wishing(cohort, "applied"), wishing(cohort, "applied")
    for number, enrolment in enumerate((wish, other)):
        actions.withdraw(enrolment=enrolment, by=None, now=NOW + timedelta(minutes=number), reason="Ferie")

    assert [(row.after, row.reason) for row in history_of(wish, wish.person)] == [("withdrawn", "Ferie")]
    assert history_of(other, wish.person) == []


def test_a_cohort_can_be_asked_for_while_it_is_open_and_not_over():
    asked, fresh, over = CohortFactory(), CohortFactory(capacity=3), CohortFactory()
    CohortFactory(state=Cohort.State.CLOSED), past_day(over), SeatReservationFactory(cohort=fresh, seats=2)
    day = MeetingFactory(cohort=fresh, starts_at=NOW + timedelta(days=3))
    person = wishing(asked).person

    assert [(line.cohort, line.first_day, line.free) for line in open_cohorts_for(person, NOW)] == [
        (fresh, day.starts_at, 1)
    ]


@pytest.mark.parametrize("state", ["withdrawn", "refused"])
def test_who_has_left_can_ask_again(state):
    cohort = CohortFactory()
    person = wishing(cohort, state).person

    assert [line.cohort for line in open_cohorts_for(person, NOW)] == [cohort]


def test_the_seat_is_asked_for_the_job_begun_last():
    person = person_with(Role.JOB_CONSULTANT)
    latest = MembershipFactory(person=person, role=Role.JOB_CONSULTANT, start_date=NOW.date())

    assert employer_of(person) == latest.organisation
    assert employer_of(person_with(Role.LOCAL_MANAGER)) is None
