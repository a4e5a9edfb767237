"""Somebody else in the same seat: history stays with the person, the seat with the municipality."""

import pytest

from lms.meetings import actions
from lms.meetings.models import Attendance, Cohort, Enrolment
from lms.people.models import AuditEntry, User
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    GroupMembershipFactory,
    SeatReservationFactory,
    kursist_in,
)
from tests.meetings.days import NOW, invited_to, schedule
from tests.meetings.seats import wishing

pytestmark = pytest.mark.django_db
VALUES = {"name": "Asta Lynggaard", "email": "asta.lynggaard@viborg.example", "title": ""}


@pytest.fixture
def cohort():
    return CohortFactory(capacity=1)


@pytest.fixture
def seat(cohort):
    return kursist_in(cohort).enrolments.get()


def hand_over(seat, **values):
    return actions.name_substitute(
        enrolment=seat, values=VALUES | values, by=None, now=NOW, reason="Har fået en afløser."
    )


def state(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).state


def test_the_seat_goes_over_and_nobody_who_waits_gets_it(cohort, seat):
    waits = wishing(cohort, municipality=seat.municipality)

    new = hand_over(seat)

    assert (state(seat), new.state, state(waits)) == ("withdrawn", "enrolled", "waiting")
    assert (new.municipality, new.person.email) == (seat.municipality, VALUES["email"])


def test_the_days_move_from_one_calendar_to_the_other(cohort, seat):
    day = schedule(cohort)

    new = hand_over(seat)

    assert (invited_to(seat.person), invited_to(new.person)) == ([], [day])


def test_what_was_attended_stays_with_the_person(cohort, seat):
    AttendanceFactory(meeting=schedule(cohort), enrolment=seat)

    new = hand_over(seat)

    assert list(Attendance.objects.values_list("enrolment", flat=True)) == [seat.pk]
    assert [step.reason for step in seat.changes.all()] == ["Har fået en afløser."]
    assert new.attendance.count() == 0


def test_a_place_in_a_group_ends_with_the_seat(seat):
    place = GroupMembershipFactory(enrolment=seat, group__cohort=seat.cohort)

    hand_over(seat)

    place.refresh_from_db()
    assert place.end_date < NOW.date()


def test_a_reserved_seat_of_the_municipality_is_not_used_up(cohort, seat):
    Cohort.objects.update(capacity=2)
    reservation = SeatReservationFactory(cohort=cohort, municipality=seat.municipality, seats=1)

    hand_over(seat)

    reservation.refresh_from_db()
    assert reservation.seats == 1


def test_who_waited_can_be_the_substitute(cohort, seat):
    waits = wishing(cohort, municipality=seat.municipality)

    new = hand_over(seat, email=waits.person.email)

    assert (new.pk, state(waits)) == (waits.pk, "enrolled")


def test_a_closed_cohort_still_lets_a_seat_go_over(cohort, seat):
    Cohort.objects.update(state="closed")

    assert hand_over(seat).state == "enrolled"


def test_the_same_person_is_no_substitute(seat):
    with pytest.raises(actions.RowRefused) as refused:
        hand_over(seat, email=seat.person.email)

    assert [problem.code for problem in refused.value.checked.problems] == ["has_seat"]
    assert state(seat) == "enrolled"


def test_bad_values_leave_the_seat_where_it_is(seat):
    with pytest.raises(actions.RowRefused):
        hand_over(seat, email="asta")

    assert (state(seat), User.objects.filter(name=VALUES["name"]).count()) == ("enrolled", 0)


def test_a_second_click_hands_over_nothing(seat):
    hand_over(seat)

    with pytest.raises(actions.NoSeatToHandOver):
        hand_over(seat, email="en.anden@viborg.example")

    assert Enrolment.objects.enrolled().count() == 1


@pytest.mark.parametrize("wish", ["applied", "waiting", "offered", "refused"])
def test_only_a_seat_is_handed_over(cohort, wish):
    with pytest.raises(actions.NoSeatToHandOver):
        hand_over(EnrolmentFactory(cohort=cohort, state=wish))


def test_nothing_is_handed_over_on_a_cancelled_cohort(seat):
    Cohort.objects.update(state="cancelled")

    with pytest.raises(actions.NoSeatToHandOver):
        hand_over(seat)


def test_nothing_is_handed_over_when_every_day_has_been(cohort, seat):
    schedule(cohort, days=-3)

    with pytest.raises(actions.NoSeatToHandOver):
        hand_over(seat)


def test_both_ends_are_recorded(seat):
    hand_over(seat)

    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"name_substitute", "withdraw", "enrol"}
