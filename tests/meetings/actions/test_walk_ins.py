from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import WalkIn
from tests.factories.meetings import CohortFactory, EnrolmentFactory, kursist_in
from tests.factories.people import MunicipalityFactory, UserFactory
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return schedule(CohortFactory(), starts_at=NOW)


@pytest.fixture
def late(meeting):
    """Enrolled after the day was planned, and not asked to it."""
    return kursist_in(meeting.cohort, name="Aage Senkommer").enrolments.get()


def stored(meeting):
    return {(row.enrolment_id, row.half): row.state for row in meeting.attendance.all()}


def test_a_name_is_noted_and_marks_nobody(meeting):
    home = MunicipalityFactory()

    walk_in = actions.note_walk_in(
        meeting=meeting, name=" Bo\r\n\x00Holm ", municipality=home, by=UserFactory(), now=NOW
    )

    assert (walk_in.name, walk_in.municipality, stored(meeting)) == ("Bo Holm", home, {})


def test_the_same_name_twice_is_one_person(meeting):
    for _time in range(2):
        actions.note_walk_in(meeting=meeting, name="Bo Holm", by=None, now=NOW)

    assert WalkIn.objects.count() == 1


def test_somebody_of_the_cohort_is_marked_at_once(meeting, late):
    walk_in = actions.note_walk_in(meeting=meeting, enrolment=late, by=None, now=NOW)

    assert (walk_in.enrolment, walk_in.name) == (late, "Aage Senkommer")
    assert stored(meeting) == {(late.pk, "morning"): "present", (late.pk, "afternoon"): "present"}


def test_who_is_noted_in_the_afternoon_was_not_there_in_the_morning(meeting, late):
    actions.note_walk_in(meeting=meeting, enrolment=late, by=None, now=NOW + timedelta(hours=3))

    assert stored(meeting) == {(late.pk, "afternoon"): "present"}


def test_a_name_becomes_a_mark_once_somebody_says_whose_it_is(meeting, late):
    walk_in = actions.note_walk_in(meeting=meeting, name="Åge", by=None, now=NOW + timedelta(hours=3))

    for _time in range(2):
        actions.merge_walk_in(walk_in=walk_in, enrolment=late, by=UserFactory(), now=NOW + timedelta(days=1))

    assert stored(meeting) == {(late.pk, "afternoon"): "present"}


def test_a_mark_of_the_trainer_stays_when_a_name_is_merged(meeting, late):
    walk_in = actions.note_walk_in(meeting=meeting, name="Åge", by=None, now=NOW)
    actions.mark_attendance(meeting=meeting, marks={(late.pk, "morning"): "partial"}, by=None, now=NOW)

    actions.merge_walk_in(walk_in=walk_in, enrolment=late, by=None, now=NOW)

    assert stored(meeting) == {(late.pk, "morning"): "partial", (late.pk, "afternoon"): "present"}


@pytest.mark.parametrize("foreign", ["another cohort", "withdrawn"])
def test_a_name_is_merged_with_people_of_the_cohort_only(meeting, foreign):
    walk_in = actions.note_walk_in(meeting=meeting, name="Åge", by=None, now=NOW)
    stranger = (
        EnrolmentFactory()
        if foreign == "another cohort"
        else EnrolmentFactory(cohort=meeting.cohort, state="withdrawn")
    )

    with pytest.raises(actions.NotOnTheList):
        actions.merge_walk_in(walk_in=walk_in, enrolment=stranger, by=None, now=NOW)

    assert stored(meeting) == {}
