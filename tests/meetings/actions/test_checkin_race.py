"""One phone sending many times, and one person trying many codes, all at once. PostgreSQL only, as for the seats."""

from uuid import uuid4

import pytest
from django.db import connection

from lms.meetings import actions
from lms.meetings.methods.checkin import code_at
from lms.meetings.models import Attendance, CheckIn, CheckInTry
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.actions.test_seat_race import CROWD, at_once
from tests.meetings.days import NOW, schedule

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.drill,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only"),
]


@pytest.fixture
def seat():
    return kursist_in(CohortFactory()).enrolments.get()


def test_one_mark_sent_many_times_at_once_counts_once(seat):
    meeting, nonce = schedule(seat.cohort, starts_at=NOW), uuid4()
    sent = actions.Sent(nonce, NOW, seen_at=NOW)

    answers = at_once(
        lambda _number: actions.check_in(meeting=meeting, enrolment=seat, sent=sent, now=NOW).pk, range(CROWD)
    )

    assert (len(set(answers)), CheckIn.objects.count(), Attendance.objects.count()) == (1, 1, 1)


def test_many_wrong_codes_at_once_are_five_tries(seat):
    meeting = schedule(seat.cohort, starts_at=NOW)
    wrong = f"{(int(code_at(meeting.pk, NOW)) + 5000) % 10_000:04}"

    def try_wrong(_number):
        with pytest.raises((actions.WrongCode, actions.TooManyTries)) as refused:
            actions.check_in(meeting=meeting, enrolment=seat, sent=actions.Sent(uuid4(), NOW, code=wrong), now=NOW)
        return refused.type

    refusals = at_once(try_wrong, range(CROWD))

    assert (refusals.count(actions.WrongCode), CheckInTry.objects.get().wrong) == (5, 5)
