import socket
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from lms.meetings import actions
from lms.meetings.models import Attendance, Enrolment, Invitee, Meeting, Reminder
from lms.meetings.tasks import plan_reminders
from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice, PausedOutbox
from tests.factories.meetings import AttendanceFactory, CohortFactory, kursist_in
from tests.meetings.calendars import delivered
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# The day is Thursday 12 November 2026, from 10 to 16 in Copenhagen.
STARTS = NOW + timedelta(days=10)
WEEK, DAY = datetime(2026, 11, 5, 6, tzinfo=UTC), datetime(2026, 11, 11, 6, tzinfo=UTC)
EVENING, MORNING_AFTER = datetime(2026, 11, 12, 18, tzinfo=UTC), datetime(2026, 11, 13, 7, tzinfo=UTC)


@pytest.fixture
def cohort():
    return CohortFactory(name="Hold Vest")


@pytest.fixture
def mette(cohort):
    return kursist_in(cohort, name="Mette Lindholm", email="mette@viborg.example")


@pytest.fixture
def meeting(mette, cohort):
    made = schedule(cohort, starts_at=STARTS)
    delivered(NOW)
    return made


@pytest.fixture
def closed_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def own_words(cohort, moment="day_before", **fields):
    words = {"subject": "Husk {dag}", "text": "Kære {fornavn}", **fields}
    return Reminder.objects.create(course=cohort.course, kind="teaching", moment=moment, **words)


def planned(now):
    return actions.plan_reminders(now=now)


def subjects(now):
    return [message["Subject"] for message in delivered(now)]


@pytest.mark.parametrize("moment", [WEEK, DAY, EVENING, MORNING_AFTER])
def test_each_moment_comes_at_its_minute_and_only_once(meeting, moment):
    before, at, after = moment - timedelta(minutes=1), moment, moment + timedelta(minutes=10)

    assert [planned(now) for now in (before, at, after)] == [0, 1, 0]
    assert len(delivered(after)) == 1


def test_the_wall_clock_counts_on_both_sides_of_a_change_of_the_clock(mette, cohort):
    """The clock goes back on 25 October 2026; subtracting 24 hours from the start would miss by one."""
    schedule(cohort, starts_at=datetime(2026, 10, 25, 9, tzinfo=COPENHAGEN), now=NOW - timedelta(days=60))
    seven = datetime(2026, 10, 24, 7, tzinfo=COPENHAGEN)

    assert [planned(seven - timedelta(minutes=1)), planned(seven)] == [0, 1]


def test_a_day_set_after_the_moment_has_only_its_invitation(meeting):
    assert planned(WEEK + timedelta(hours=12)) == 0


def test_one_who_is_not_coming_is_not_reminded(meeting):
    Invitee.objects.update(answer=Invitee.Answer.DECLINED)

    assert planned(DAY) == 0


def test_one_who_declines_before_the_mail_goes_gets_none(meeting):
    planned(DAY)
    Invitee.objects.update(answer=Invitee.Answer.DECLINED)

    assert subjects(DAY) == []


def test_only_those_who_have_not_answered(meeting, cohort):
    own_words(cohort, only_unanswered=True)
    planned(DAY)
    Invitee.objects.update(answer=Invitee.Answer.ACCEPTED)

    assert subjects(DAY) == []
    assert Notice.objects.get(occasion="meetings.reminder.day_before").state == Notice.State.DROPPED


def test_one_that_is_turned_off_is_not_sent(meeting, cohort):
    own_words(cohort, is_on=False)

    assert planned(DAY) == 0


def test_own_words_come_first_and_braces_in_a_name_stay(meeting, cohort, mette):
    own_words(cohort, text="Kære {fornavn}, {ukendt} { }")
    planned(DAY)

    (message,) = delivered(DAY)

    assert message["Subject"] == "Husk Dag 4: Arbejdsgiveren"
    body = mail.outbox[0].body
    assert body.index("Kære Mette, {ukendt} { }") < body.index("Dag 4: Arbejdsgiveren") < body.index("Vejle")


def test_a_cancelled_day_is_not_reminded_of(meeting):
    planned(DAY)
    Meeting.objects.update(state=Meeting.State.CANCELLED)

    assert (planned(DAY), subjects(DAY)) == (0, [])


def test_a_moved_day_is_reminded_of_again_and_the_old_reminder_dropped(meeting):
    planned(DAY)
    Meeting.objects.update(sequence=1)

    assert planned(DAY) == 1
    assert len(delivered(DAY)) == 1


def test_a_reminder_that_waited_until_the_day_had_begun_is_dropped(meeting):
    planned(DAY)

    assert subjects(STARTS) == []


def test_thanks_that_waited_36_hours_are_dropped(meeting):
    planned(EVENING)

    assert subjects(EVENING + timedelta(hours=36)) == []


def test_one_who_was_absent_is_not_thanked(meeting, mette):
    AttendanceFactory(meeting=meeting, enrolment=Enrolment.objects.get(), state=Attendance.State.ABSENT)
    planned(EVENING)

    assert subjects(EVENING) == []


def test_one_whose_last_membership_has_ended_gets_none(meeting, mette):
    planned(DAY)
    mette.memberships.update(end_date=date(2026, 11, 10))

    assert subjects(DAY) == []


def test_trainers_are_reminded_before_but_not_thanked(meeting):
    Invitee.objects.update(role=Invitee.Role.TRAINER)

    assert [planned(DAY), planned(EVENING)] == [1, 0]


@pytest.mark.parametrize("days", [1, 3, 30])
def test_as_many_queries_however_many_days_there_are(mette, cohort, days, django_assert_num_queries):
    for number in range(days):
        schedule(cohort, starts_at=STARTS, title=f"Dag {number}")

    with django_assert_num_queries(7):
        assert planned(DAY) == days


def test_what_a_pause_has_made_stale_is_dropped_when_it_ends(meeting, cohort):
    paused = PausedOutbox.objects.create(outbox=cohort.outbox, paused_at=DAY)
    planned(DAY)
    waiting = subjects(DAY)
    paused.delete()

    assert (waiting, subjects(STARTS)) == ([], [])


@pytest.mark.parametrize(("hours", "mails"), [(1, 1), (28, 0)])
def test_a_mail_server_that_is_away_delays_a_reminder_until_it_is_stale(meeting, settings, closed_port, hours, mails):
    """Nobody listens there: the real backend is refused by the operating system. The day begins after 27 hours."""
    well, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port
    planned(DAY)
    send_waiting(now=DAY)
    state = Notice.objects.values_list("state", "failure").get(occasion="meetings.reminder.day_before")
    settings.EMAIL_BACKEND = well

    assert state == (Notice.State.WAITING, "ConnectionRefusedError")
    assert len(subjects(DAY + timedelta(hours=hours))) == mails


def test_a_reminder_stands_in_the_outbox_of_its_cohort(meeting, cohort):
    planned(DAY)

    assert Notice.objects.get(occasion="meetings.reminder.day_before").outbox == cohort.outbox


def test_the_clock_of_the_site_asks_every_ten_minutes(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["plan-reminders"]

    assert entry == {"task": plan_reminders.name, "schedule": 600}
    assert plan_reminders.apply().successful()
