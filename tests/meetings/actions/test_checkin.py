from datetime import timedelta
from uuid import uuid4

import pytest

from lms.meetings import actions
from lms.meetings.methods.checkin import code_at
from lms.meetings.models import Attendance, CheckIn, CheckInTry
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import UserFactory
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting():
    """Ten in the morning; check-in opens half an hour before."""
    return schedule(CohortFactory(), starts_at=NOW, title="Dag 3")


@pytest.fixture
def seat(meeting):
    person = kursist_in(meeting.cohort)
    meeting.invitees.create(person=person)
    return person.enrolments.get()


def come(meeting, seat, *, now=NOW, nonce=None, **sent):
    sent = actions.Sent(**{"nonce": nonce or uuid4(), "noted_at": now, **sent})
    return actions.check_in(meeting=meeting, enrolment=seat, sent=sent, now=now)


def type_code(meeting, seat, *, now=NOW, code=None, **sent):
    return come(meeting, seat, now=now, code=code or code_at(meeting.pk, now), **sent)


def wrong_code(meeting, now=NOW):
    right = {code_at(meeting.pk, now), code_at(meeting.pk, now - MINUTE / 2)}
    return next(code for code in ("0000", "0001", "0002") if code not in right)


def marks(meeting):
    return list(meeting.attendance.values_list("enrolment", "half", "state", "is_own"))


def test_the_code_on_the_screen_marks_the_half_day(meeting, seat):
    check_in = type_code(meeting, seat)

    assert (check_in.state, marks(meeting)) == ("counted", [(seat.pk, "morning", "present", True)])


def test_a_ticket_needs_no_code_and_spends_no_try(meeting, seat):
    check_in = come(meeting, seat, seen_at=NOW)

    assert (check_in.state, CheckInTry.objects.count()) == ("counted", 0)


def test_the_same_mark_sent_again_counts_once_and_gets_the_same_answer(meeting, seat):
    nonce = uuid4()
    first = type_code(meeting, seat, nonce=nonce)

    # An hour later the code is long another one: the number alone says that it is known.
    again = come(meeting, seat, nonce=nonce, code="", now=NOW + 2 * MINUTE)

    assert (again, CheckIn.objects.count(), Attendance.objects.count()) == (first, 1, 1)


def test_two_phones_of_one_person_count_once(meeting, seat):
    first, second = type_code(meeting, seat), type_code(meeting, seat)

    assert (first, Attendance.objects.count()) == (second, 1)


def test_somebody_elses_number_is_refused(meeting, seat):
    other = kursist_in(meeting.cohort).enrolments.get()
    nonce = uuid4()
    type_code(meeting, seat, nonce=nonce)

    with pytest.raises(actions.WrongCode):
        type_code(meeting, other, nonce=nonce)


def test_the_code_of_one_day_never_marks_another(meeting, seat):
    tomorrow = schedule(meeting.cohort, starts_at=NOW + timedelta(minutes=5), title="Dag 4")
    now = next(
        moment
        for moment in (NOW + n * MINUTE for n in range(20))
        if code_at(meeting.pk, moment) not in (code_at(tomorrow.pk, moment), code_at(tomorrow.pk, moment - MINUTE / 2))
    )

    with pytest.raises(actions.WrongCode):
        type_code(tomorrow, seat, now=now, code=code_at(meeting.pk, now))

    assert marks(tomorrow) == []


def test_a_code_may_be_one_step_old_and_not_two(meeting, seat):
    code = code_at(meeting.pk, NOW)

    with pytest.raises(actions.WrongCode):
        type_code(meeting, seat, now=NOW + MINUTE, code=code)

    assert type_code(meeting, seat, now=NOW + MINUTE / 2, code=code).state == "counted"


def test_an_old_code_waits_for_the_trainer_although_the_phone_says_it_was_then(meeting, seat):
    check_in = type_code(meeting, seat, code=code_at(meeting.pk, NOW), noted_at=NOW, now=NOW + 20 * MINUTE)

    assert (check_in.state, marks(meeting)) == ("unconfirmed", [])


def test_a_ticket_that_was_kept_without_signal_counts_when_it_arrives(meeting, seat):
    check_in = come(meeting, seat, seen_at=NOW, noted_at=NOW, now=NOW + timedelta(hours=3))

    assert (check_in.state, marks(meeting)) == ("counted", [(seat.pk, "morning", "present", True)])


def test_an_old_code_is_confirmed_by_one_tap_of_the_trainer(meeting, seat):
    trainer = UserFactory()
    check_in = type_code(meeting, seat, code=code_at(meeting.pk, NOW), noted_at=NOW, now=NOW + 20 * MINUTE)

    for _twice in range(2):
        actions.confirm_check_in(check_in=check_in, by=trainer, now=NOW + 30 * MINUTE)

    check_in.refresh_from_db()
    assert (check_in.state, marks(meeting)) == ("counted", [(seat.pk, "morning", "present", False)])


def test_the_right_code_afterwards_makes_an_unconfirmed_mark_count(meeting, seat):
    later = NOW + 20 * MINUTE
    type_code(meeting, seat, code=code_at(meeting.pk, NOW), noted_at=NOW, now=later)

    assert type_code(meeting, seat, now=later).state == "counted"


def test_five_wrong_codes_and_the_right_one_is_not_heard_any_more(meeting, seat):
    for _time in range(5):
        with pytest.raises(actions.WrongCode):
            type_code(meeting, seat, code=wrong_code(meeting))

    with pytest.raises(actions.TooManyTries):
        type_code(meeting, seat)
    assert (CheckInTry.objects.get().wrong, marks(meeting)) == (5, [])


def test_after_five_wrong_codes_the_qr_code_still_helps_and_so_does_the_afternoon(meeting, seat):
    for _time in range(5):
        with pytest.raises(actions.WrongCode):
            type_code(meeting, seat, code=wrong_code(meeting))
    afternoon = NOW + timedelta(hours=3)

    assert come(meeting, seat, seen_at=NOW).state == "counted"
    assert type_code(meeting, seat, now=afternoon).half == "afternoon"


def test_the_tries_of_one_person_are_nobody_elses(meeting, seat):
    other = kursist_in(meeting.cohort).enrolments.get()
    for _time in range(5):
        with pytest.raises(actions.WrongCode):
            type_code(meeting, seat, code=wrong_code(meeting))

    assert type_code(meeting, other).state == "counted"


def test_who_comes_early_waits_until_the_list_opens_and_then_counts(meeting, seat):
    early = NOW - 45 * MINUTE
    check_in = type_code(meeting, seat, now=early)
    before = (check_in.state, marks(meeting), actions.open_check_ins(now=early))

    opened = [actions.open_check_ins(now=NOW - 30 * MINUTE) for _twice in range(2)]

    check_in.refresh_from_db()
    assert before == ("queued", [], 0)
    assert (opened, check_in.state) == ([1, 0], "counted")
    assert marks(meeting) == [(seat.pk, "morning", "present", True)]


@pytest.mark.parametrize("minutes", [-91, 60, 89])
def test_outside_the_window_nobody_is_noted(meeting, seat, minutes):
    with pytest.raises(actions.NotOpen):
        type_code(meeting, seat, now=NOW + minutes * MINUTE)

    assert CheckIn.objects.count() == 0


def test_a_cancelled_day_takes_no_marks(meeting, seat):
    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)

    with pytest.raises(actions.NotOpen):
        type_code(meeting, seat)


@pytest.mark.parametrize("state", ["absent", "partial"])
def test_the_trainers_list_wins_whichever_comes_first(meeting, seat, state):
    other = kursist_in(meeting.cohort).enrolments.get()
    type_code(meeting, seat)

    actions.mark_attendance(
        meeting=meeting, marks={(seat.pk, "morning"): state, (other.pk, "morning"): state}, by=UserFactory(), now=NOW
    )
    type_code(meeting, other)

    assert sorted(marks(meeting)) == sorted([(seat.pk, "morning", state, False), (other.pk, "morning", state, False)])


def test_the_trainer_who_says_the_same_takes_the_mark_over(meeting, seat):
    type_code(meeting, seat)

    actions.mark_attendance(meeting=meeting, marks={(seat.pk, "morning"): "present"}, by=None, now=NOW)

    assert (marks(meeting), meeting.attendance_changes.count()) == ([(seat.pk, "morning", "present", False)], 0)
