"""Many coordinators change one day at once. PostgreSQL only, as for the seats."""

import pytest
from django.db import connection

from tests.drills import works
from tests.drills.conftest import CROWD, FEW_ROUNDS
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.days import schedule

pytestmark = [
    pytest.mark.usefixtures("arena"),
    pytest.mark.drill,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only"),
]


def editing(crowd, *, locked=True):
    """Each wants another room, all on top of the same revision; what they heard, and the rooms that were stored."""
    cohort = CohortFactory()
    kursist_in(cohort)
    meeting = schedule(cohort)
    facts = {"meeting": meeting.pk, "based_on": meeting.revision}
    answers = crowd.at_once(
        works.change_meeting, [{**facts, "room": f"Lokale {n}"} for n in range(CROWD)], locked=locked
    )
    meeting.refresh_from_db()
    return answers, meeting


def test_one_of_many_coordinators_is_heard_and_the_others_are_told(crowd, report):
    for _round in range(FEW_ROUNDS):
        answers, meeting = editing(crowd)
        assert [answer.value for answer in answers if not answer.refusal] == [meeting.room]
        assert [answer.refusal for answer in answers if answer.refusal] == ["ChangedMeanwhile"] * (CROWD - 1)
        assert meeting.revisions.count() == 2

    report(f"{CROWD} processes, {FEW_ROUNDS} rounds: one change saved each, {CROWD - 1} told that it had changed")


def test_without_the_lock_coordinators_are_not_told_of_one_another(crowd, report):
    """The control: the database refuses a second revision of one number, and the person is shown an error."""
    refusals = [answer.refusal for _round in range(FEW_ROUNDS) for answer in editing(crowd, locked=False)[0]]

    told = refusals.count("ChangedMeanwhile")
    errors = len(refusals) - told - refusals.count("")
    report(f"control, no lock: {told} of {len(refusals)} told, {errors} shown an error")
    assert refusals.count("IntegrityError") >= FEW_ROUNDS
