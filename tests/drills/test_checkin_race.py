"""One phone sending many times, and one person trying many codes, all at once. PostgreSQL only, as for the seats."""

from uuid import uuid4

import pytest
from django.db import connection

from lms.meetings.methods.checkin import code_at
from lms.meetings.models import Attendance, CheckIn, CheckInTry
from tests.drills import works
from tests.drills.conftest import CROWD, FEW_ROUNDS, ROUNDS
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.days import NOW, schedule

pytestmark = [
    pytest.mark.usefixtures("arena"),
    pytest.mark.drill,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only"),
]
# What keeps a mark single: the meeting's lock, and should that ever fail, the database's own rules.
RULES = [
    ("meetings_checkin", "check_in_once_per_half_day"),
    ("meetings_checkin", "meetings_checkin_nonce_key"),
    ("meetings_attendance", "attendance_once_per_half_day"),
]
ALLOWED = 5


def sending(crowd, *, locked=True):
    """The same mark, sent by every client; how many there are then."""
    seat = kursist_in(CohortFactory()).enrolments.get()
    mark = {"meeting": schedule(seat.cohort, starts_at=NOW).pk, "enrolment": seat.pk, "nonce": uuid4()}
    answers = crowd.at_once(works.check_in, [mark] * CROWD, locked=locked)
    return answers, CheckIn.objects.filter(enrolment=seat).count(), Attendance.objects.filter(enrolment=seat).count()


@pytest.fixture
def no_rules(transactional_db):
    """Gone until the next copy of the database."""
    with connection.cursor() as cursor:
        for table, rule in RULES:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {rule}")


def test_one_mark_sent_many_times_at_once_counts_once(crowd, report):
    for _round in range(ROUNDS):
        answers, marks, attended = sending(crowd)
        assert (len({answer.value for answer in answers}), marks, attended) == (1, 1, 1)

    report(f"{CROWD} processes, {ROUNDS} rounds: one mark each")


def test_the_lock_alone_keeps_a_mark_single(crowd, no_rules, report):
    counts = [sending(crowd)[1:] for _round in range(FEW_ROUNDS)]

    report(f"{CROWD} processes, {FEW_ROUNDS} rounds, without the database's rules: one mark each")
    assert counts == [(1, 1)] * FEW_ROUNDS


def test_the_rules_of_the_database_alone_keep_a_mark_single(crowd, report):
    counts = [sending(crowd, locked=False)[1:] for _round in range(FEW_ROUNDS)]

    report(f"{CROWD} processes, {FEW_ROUNDS} rounds, no lock: one mark each")
    assert counts == [(1, 1)] * FEW_ROUNDS


def test_with_neither_the_same_mark_counts_again_and_again(crowd, no_rules, report):
    """The control: should this ever be one mark, the races above prove nothing."""
    marks = [sending(crowd, locked=False)[1] for _round in range(FEW_ROUNDS)]

    report(f"control, neither lock nor rules: {sum(marks)} marks for {FEW_ROUNDS}")
    assert min(marks) > 1


def guessing(crowd, *, locked=True):
    """Everybody tries a wrong code as the same person, who has tried once already; how many were looked at."""
    seat = kursist_in(CohortFactory()).enrolments.get()
    meeting = schedule(seat.cohort, starts_at=NOW)
    guess = {
        "meeting": meeting.pk,
        "enrolment": seat.pk,
        "code": f"{(int(code_at(meeting.pk, NOW)) + 5000) % 10_000:04}",
    }
    with pytest.raises(works.actions.WrongCode):
        works.check_in(**guess, nonce=uuid4())
    answers = crowd.at_once(works.check_in, [{**guess, "nonce": uuid4()} for _ in range(CROWD)], locked=locked)
    refusals = [answer.refusal for answer in answers]
    assert set(refusals) <= {"WrongCode", "TooManyTries"}
    return 1 + refusals.count("WrongCode"), CheckInTry.objects.get(person=seat.person).wrong


def test_many_wrong_codes_at_once_are_five_tries(crowd, report):
    counts = [guessing(crowd) for _round in range(ROUNDS)]

    report(f"{CROWD} processes, {ROUNDS} rounds: {ALLOWED} tries each")
    assert counts == [(ALLOWED, ALLOWED)] * ROUNDS


def test_without_the_lock_many_more_codes_are_tried(crowd, report):
    looked_at = [guessing(crowd, locked=False)[0] for _round in range(FEW_ROUNDS)]

    report(f"control, no lock: {sum(looked_at)} tries for {ALLOWED * FEW_ROUNDS}")
    assert min(looked_at) > ALLOWED
