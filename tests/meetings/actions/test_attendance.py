from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import Attendance
from lms.people.models import AuditEntry
from tests.factories.meetings import AttendanceFactory, CohortFactory, EnrolmentFactory, kursist_in
from tests.factories.people import UserFactory
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def mark(meeting, marks, by=None, now=NOW):
    return actions.mark_attendance(meeting=meeting, marks=marks, by=by, now=now)


def stored(meeting):
    return {(row.enrolment_id, row.half): row.state for row in meeting.attendance.all()}


def test_mark_attendance_keeps_each_half_day():
    cohort = CohortFactory()
    enrolment = kursist_in(cohort).enrolments.get()
    meeting = schedule(cohort, days=0)
    marks = {(enrolment.pk, "morning"): "present", (enrolment.pk, "afternoon"): "absent"}

    new = mark(meeting, marks)

    assert (new, stored(meeting)) == (2, marks)


def test_mark_attendance_again_changes_nothing_and_leaves_no_entry():
    cohort = CohortFactory()
    enrolment = kursist_in(cohort).enrolments.get()
    meeting = schedule(cohort, days=0)
    first, second = UserFactory(), UserFactory()
    mark(meeting, {(enrolment.pk, "morning"): "present"}, by=first)

    new = mark(meeting, {(enrolment.pk, "morning"): "present"}, by=second, now=LATER)

    row = Attendance.objects.get()
    assert (new, row.marked_by, row.marked_at) == (0, first, NOW)
    assert AuditEntry.objects.filter(verb="mark_attendance").count() == 1


def test_mark_attendance_corrects_a_mark_and_says_who_did():
    cohort = CohortFactory()
    enrolment = kursist_in(cohort).enrolments.get()
    meeting = schedule(cohort, days=0)
    second = UserFactory()
    mark(meeting, {(enrolment.pk, "morning"): "present"}, by=UserFactory())

    mark(meeting, {(enrolment.pk, "morning"): "absent"}, by=second, now=LATER)

    row = Attendance.objects.get()
    assert (row.state, row.marked_by, row.marked_at) == ("absent", second, LATER)


def test_mark_attendance_drops_the_times_of_a_part_that_became_a_whole():
    cohort = CohortFactory()
    enrolment = kursist_in(cohort).enrolments.get()
    meeting = schedule(cohort, days=0)
    AttendanceFactory(meeting=meeting, enrolment=enrolment, half="morning", state="partial", arrived_at=NOW)

    mark(meeting, {(enrolment.pk, "morning"): "present"})

    row = Attendance.objects.get()
    assert (row.state, row.arrived_at) == ("present", None)


def test_mark_attendance_refuses_people_of_another_cohort_and_keeps_nothing():
    cohort = CohortFactory()
    enrolment = kursist_in(cohort).enrolments.get()
    meeting = schedule(cohort, days=0)
    stranger = EnrolmentFactory()

    with pytest.raises(actions.NotOnTheList):
        mark(meeting, {(enrolment.pk, "morning"): "present", (stranger.pk, "morning"): "present"})

    assert stored(meeting) == {}


@pytest.mark.parametrize("people", [1, 3, 30])
def test_mark_attendance_costs_the_same_for_any_number(people, django_assert_num_queries):
    cohort = CohortFactory()
    marks = {(kursist_in(cohort).enrolments.get().pk, "morning"): "present" for _person in range(people)}
    meeting = schedule(cohort, days=0)

    # savepoint, lock, cohort, seats, marks, insert, audit, release
    with django_assert_num_queries(8):
        mark(meeting, marks)
