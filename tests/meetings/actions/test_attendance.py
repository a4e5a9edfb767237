from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.methods.marks import Mark
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

    # savepoint, lock, guests, seats, marks, insert, audit, release
    with django_assert_num_queries(8):
        mark(meeting, marks)


def sheet_of(two_people):
    """A day, and the morning of two people on it."""
    cohort = CohortFactory()
    first, second = (kursist_in(cohort).enrolments.get().pk for _person in range(two_people))
    return schedule(cohort, days=0), (first, "morning"), (second, "morning")


def save(meeting, marks, seen, now=NOW, **how):
    marks = {place: Mark(state) for place, state in marks.items()}
    return actions.mark_attendance(
        meeting=meeting,
        marks=marks,
        seen={place: Mark(state) for place, state in seen.items()},
        by=None,
        now=now,
        **how,
    )


def test_two_trainers_marking_at_once_lose_nothing():
    meeting, mine, theirs = sheet_of(2)
    # Both have opened the same empty list.
    save(meeting, {theirs: "absent"}, seen={})

    save(meeting, {mine: "present"}, seen={}, gaps=[theirs])

    assert stored(meeting) == {mine: "present", theirs: "absent"}


def test_a_list_that_knows_not_what_it_was_based_on_loses_a_mark():
    """The control: whoever saves last wins."""
    meeting, mine, theirs = sheet_of(2)
    mark(meeting, {mine: "present", theirs: "present"})
    mark(meeting, {mine: "present", theirs: "absent"})

    mark(meeting, {mine: "absent", theirs: "present"})

    assert stored(meeting) == {mine: "absent", theirs: "present"}


def test_what_i_left_as_it_was_keeps_what_somebody_else_has_set_meanwhile():
    meeting, mine, theirs = sheet_of(2)
    mark(meeting, {mine: "present", theirs: "present"})
    seen = {mine: "present", theirs: "present"}
    save(meeting, {mine: "present", theirs: "absent"}, seen)

    save(meeting, {mine: "absent", theirs: "present"}, seen)

    assert stored(meeting) == {mine: "absent", theirs: "absent"}


def test_two_words_about_one_half_day_are_refused_whole():
    meeting, mine, theirs = sheet_of(2)
    save(meeting, {theirs: "absent"}, seen={})

    with pytest.raises(actions.MarkedMeanwhile) as clash:
        save(meeting, {mine: "present", theirs: "partial"}, seen={})

    assert list(clash.value.places) == [theirs]
    assert stored(meeting) == {theirs: "absent"}


def test_two_who_say_the_same_do_not_clash():
    meeting, mine, _theirs = sheet_of(2)
    save(meeting, {mine: "absent"}, seen={})

    assert save(meeting, {mine: "absent"}, seen={}) == 0


def test_each_mark_over_another_is_logged_with_what_it_was():
    meeting, mine, _theirs = sheet_of(2)
    by = UserFactory()
    mark(meeting, {mine: "present"})
    mark(meeting, {mine: "absent"}, by=by, now=LATER)
    mark(meeting, {mine: "absent"}, by=by, now=LATER)

    changes = meeting.attendance_changes.values_list("enrolment", "half", "before", "after", "by", "at")
    assert list(changes) == [(*mine, "present", "absent", by.pk, LATER)]


def test_a_part_has_its_times():
    meeting, mine, _theirs = sheet_of(2)
    actions.mark_attendance(meeting=meeting, marks={mine: Mark("partial", NOW, LATER)}, by=None, now=NOW)

    row = Attendance.objects.get()
    assert (row.arrived_at, row.left_at) == (NOW, LATER)


def test_a_case_is_ticked_and_unticked_and_outlives_a_correction():
    meeting, mine, _theirs = sheet_of(2)
    mark(meeting, {mine: "present"})

    def tick(ticked):
        actions.mark_attendance(meeting=meeting, marks={}, cases={mine[0]: ticked}, by=None, now=NOW)
        mark(meeting, {mine: "partial"})
        mark(meeting, {mine: "present"})
        return Attendance.objects.get().presented_case

    assert [tick(True), tick(False)] == [True, False]


def test_a_guest_is_marked_with_the_seat_at_home_and_only_with_that():
    host, home = schedule(CohortFactory(), days=0), schedule(CohortFactory(), days=-7)
    guest = kursist_in(home.cohort)
    seat = guest.enrolments.get()
    elsewhere = EnrolmentFactory(person=guest)
    host.invitees.create(person=guest, role="guest", makes_up_for=home)

    mark(host, {(seat.pk, "morning"): "present"})

    assert stored(host) == {(seat.pk, "morning"): "present"}
    with pytest.raises(actions.NotOnTheList):
        mark(host, {(elsewhere.pk, "morning"): "present"})


def test_a_guest_who_makes_up_for_nothing_is_not_marked():
    host = schedule(CohortFactory(), days=0)
    guest = EnrolmentFactory()
    host.invitees.create(person=guest.person, role="guest")

    with pytest.raises(actions.NotOnTheList):
        mark(host, {(guest.pk, "morning"): "present"})
