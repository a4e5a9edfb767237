from datetime import timedelta

import pytest

from lms.meetings import actions, rules
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db


def allowed(standing, rule, thing):
    return {name for name, person in vars(standing).items() if name != "cohort" and rule(person, thing)}


def test_attendance_is_taken_by_the_providers_trainers(standing):
    meeting = schedule(standing.cohort)

    assert allowed(standing, rules.can_run, meeting) == {"coordinator", "instructor", "supervisor"}


def test_days_are_moved_by_the_coordinator(standing):
    assert allowed(standing, rules.can_organise, standing.cohort) == {"coordinator"}


def test_attendance_of_all_is_seen_by_provider_and_agency(standing):
    everybody = {"coordinator", "instructor", "supervisor", "editor", "programme_manager"}

    assert allowed(standing, rules.can_see_attendance, standing.cohort) == everybody


@pytest.mark.parametrize("hours, is_open", [(-9, True), (0, True), (13, True), (14, False), (48, False)])
def test_the_list_opens_at_midnight_of_the_day(standing, hours, is_open):
    starts_at = NOW + timedelta(hours=hours)
    meeting = schedule(standing.cohort, starts_at=starts_at)

    assert rules.is_open_for_attendance(meeting, NOW) is is_open


def test_the_list_of_a_cancelled_day_stays_shut(standing):
    meeting = actions.cancel_meeting(meeting=schedule(standing.cohort, days=0), by=None, now=NOW)

    assert not rules.is_open_for_attendance(meeting, NOW)


def test_trainers_lead_and_do_not_answer(standing):
    meeting = schedule(standing.cohort, trainers=[standing.instructor])

    answers = {invitee.person: rules.can_answer(invitee, NOW) for invitee in meeting.invitees.all()}

    assert answers == {standing.owner: True, standing.instructor: False}
