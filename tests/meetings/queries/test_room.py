import pytest

from lms.meetings.models import Enrolment, Invitee
from lms.meetings.queries import seats_left_on, seats_left_on_each
from tests.factories.meetings import (
    CohortFactory,
    EnrolmentFactory,
    InviteeFactory,
    MeetingFactory,
    SeatReservationFactory,
)
from tests.meetings.days import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(cohort=CohortFactory(capacity=5))


def test_seats_left_on_counts_those_who_come(meeting):
    InviteeFactory(meeting=meeting, role=Invitee.Role.GUEST)
    InviteeFactory(meeting=meeting, answer=Invitee.Answer.ACCEPTED)
    InviteeFactory(meeting=meeting, answer=Invitee.Answer.DECLINED)
    InviteeFactory(meeting=meeting, is_removed=True)
    InviteeFactory(meeting=meeting, role=Invitee.Role.TRAINER)

    assert seats_left_on(meeting, NOW) == 3


def test_seats_held_or_on_offer_are_not_free(meeting):
    SeatReservationFactory(cohort=meeting.cohort, seats=2)
    EnrolmentFactory(cohort=meeting.cohort, state=Enrolment.State.OFFERED)

    assert seats_left_on(meeting, NOW) == 2


def test_the_days_own_capacity_comes_before_the_cohorts_and_nothing_is_below_zero(meeting):
    meeting.capacity = 1
    InviteeFactory(meeting=meeting), InviteeFactory(meeting=meeting)

    assert seats_left_on(meeting, NOW) == 0


@pytest.mark.parametrize("count", [1, 3, 30])
def test_seats_left_on_each_asks_three_times_however_many_they_are(count, django_assert_num_queries):
    meetings = [MeetingFactory() for _number in range(count)]

    with django_assert_num_queries(3):
        left = seats_left_on_each(meetings, NOW)

    assert left == {meeting.pk: 30 for meeting in meetings}
