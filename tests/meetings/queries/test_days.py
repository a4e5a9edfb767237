import pytest
from django.db.models import QuerySet

from lms.meetings import actions, queries
from lms.meetings.models import Meeting
from lms.meetings.queries.days import seats_left_on, with_seats_left
from tests.factories.meetings import AttendanceFactory, CohortFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db


def test_days_for_cohort_knows_what_is_held_and_what_is_next(standing):
    held, coming, later = (schedule(standing.cohort, days=days) for days in (-3, 3, 9))

    days = queries.days_for_cohort(standing.cohort, standing.owner, NOW)

    assert [(day.meeting, day.is_held, day.is_next) for day in days] == [
        (held, True, False),
        (coming, False, True),
        (later, False, False),
    ]


def test_days_for_cohort_passes_over_what_is_cancelled(standing):
    cancelled = actions.cancel_meeting(meeting=schedule(standing.cohort), by=None, now=NOW)
    coming = schedule(standing.cohort, days=9)

    days = queries.days_for_cohort(standing.cohort, standing.owner, NOW)

    assert [(day.meeting, day.is_next) for day in days] == [(cancelled, False), (coming, True)]


def test_days_for_cohort_counts_answers_and_missing_half_days(standing):
    other = kursist_in(standing.cohort)
    held, coming = schedule(standing.cohort, days=-3), schedule(standing.cohort)
    AttendanceFactory(meeting=held, enrolment=other.enrolments.get())
    actions.answer_invitation(invitee=coming.invitees.get(person=other), answer="declined", by=other, now=NOW)

    days = queries.days_for_cohort(standing.cohort, standing.coordinator, NOW)

    assert [(day.invited, day.answered, day.missing) for day in days] == [(2, 0, 3), (2, 1, 0)]


def test_days_for_cohort_leaves_out_groups_one_is_not_in(standing):
    group = SupervisionGroupFactory(cohort=standing.cohort)
    member = member_of(group)
    meeting = schedule(standing.cohort, group=group)

    seen = {
        person: [day.meeting for day in queries.days_for_cohort(standing.cohort, person, NOW)]
        for person in (member, standing.owner, standing.manager, standing.coordinator)
    }

    assert seen == {member: [meeting], standing.owner: [], standing.manager: [], standing.coordinator: [meeting]}


def test_a_manager_sees_the_days_of_groups_with_own_people(standing):
    group = SupervisionGroupFactory(cohort=standing.cohort)
    actions.join_group(group=group, enrolment=standing.owner.enrolments.get(), by=None, now=NOW, on=NOW.date())
    meeting = schedule(standing.cohort, group=group)

    days = queries.days_for_cohort(standing.cohort, standing.manager, NOW)

    assert [day.meeting for day in days] == [meeting]


def test_attendance_sheet_for_lists_those_asked_by_name(standing):
    meeting = schedule(standing.cohort, days=-3, trainers=[standing.instructor])
    late = kursist_in(standing.cohort, name="Aage Senkommer")
    mark = AttendanceFactory(meeting=meeting, enrolment=standing.owner.enrolments.get(), state="absent")

    rows = queries.attendance_sheet_for(meeting)

    assert [(row.enrolment, row.marks) for row in rows] == [(mark.enrolment, {"morning": mark})]
    assert late.enrolments.get() not in [row.enrolment for row in rows]


def test_attendance_sheet_for_keeps_one_who_has_withdrawn_since(standing):
    meeting = schedule(standing.cohort, days=-3)
    enrolment = actions.withdraw(enrolment=standing.owner.enrolments.get(), by=None, now=NOW)

    assert [row.enrolment for row in queries.attendance_sheet_for(meeting)] == [enrolment]


def test_marks_missing_names_held_meetings_only(standing):
    held = schedule(standing.cohort, days=-3)
    schedule(standing.cohort)

    meetings: QuerySet = Meeting.objects.filter(cohort=standing.cohort)
    assert queries.marks_missing(meetings, NOW) == {held.pk: 2}


def test_cohorts_for_staff_counts_seats_and_missing_marks(standing):
    held = schedule(standing.cohort, days=-3)
    coming = schedule(standing.cohort)

    (line,) = queries.cohorts_for_staff(standing.coordinator, NOW)

    assert (line.cohort, line.enrolled, line.reserved, line.missing) == (standing.cohort, 1, 0, 2)
    assert (line.unmarked, line.next_meeting) == ([held], coming)


def test_cohorts_for_staff_are_those_one_looks_after(standing):
    CohortFactory()

    assert {
        name: [line.cohort.name for line in queries.cohorts_for_staff(getattr(standing, name), NOW)]
        for name in ("manager", "instructor", "other_coordinator", "owner")
    } == {"manager": ["Hold Vest"], "instructor": ["Hold Vest"], "other_coordinator": [], "owner": []}


def test_groups_for_a_member_shows_own_group_with_its_places(standing):
    group = SupervisionGroupFactory(cohort=standing.cohort)
    members = [member_of(group, name="Aage"), member_of(group, name="Bodil")]
    SupervisionGroupFactory(cohort=standing.cohort)

    (shown,) = queries.groups_for(members[0])

    assert (shown, [place.enrolment.person for place in shown.places]) == (group, members)


def test_people_for_cohort_opens_marks_where_the_reader_may_see_them(standing):
    kursist_in(standing.cohort)
    days = queries.days_for_cohort(standing.cohort, standing.manager, NOW)

    open_rows = {
        name: [row.is_open for row in queries.people_for_cohort(standing.cohort, getattr(standing, name), days)]
        for name in ("owner", "manager", "instructor", "programme_manager", "stranger")
    }

    assert open_rows == {
        "owner": [False, False],
        "manager": [True],
        "instructor": [True, True],
        "programme_manager": [True, True],
        "stranger": [],
    }


def test_seats_left_are_those_nobody_comes_to(standing, django_assert_num_queries):
    full, own = schedule(standing.cohort), schedule(standing.cohort, days=9, trainers=[standing.instructor])
    type(standing.cohort).objects.update(capacity=3)
    Meeting.objects.filter(pk=full.pk).update(capacity=1)
    actions.invite_guest(meeting=full, person=standing.guest, by=None, now=NOW)

    with django_assert_num_queries(1):
        left = dict(with_seats_left(Meeting.objects.all()).values_list("pk", "seats_left"))

    assert left == {full.pk: 0, own.pk: 2}


@pytest.mark.parametrize("answer, left", [("declined", 3), ("tentative", 2), ("accepted", 2), ("none", 2)])
def test_a_no_frees_the_seat_of_that_day(standing, answer, left):
    meeting = schedule(standing.cohort)
    type(standing.cohort).objects.update(capacity=3)

    meeting.invitees.update(answer=answer)

    assert seats_left_on(meeting) == left


def test_one_taken_off_the_day_takes_no_seat(standing):
    meeting = schedule(standing.cohort)
    type(standing.cohort).objects.update(capacity=3)
    actions.withdraw(enrolment=standing.owner.enrolments.get(), by=None, now=NOW)

    assert seats_left_on(meeting) == 3
