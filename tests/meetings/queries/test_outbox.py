from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from lms.meetings.models import Invitee, Reminder
from lms.meetings.queries import outbox as queries
from lms.notifications.methods import registered_codes
from lms.notifications.models import Notice, PausedOutbox
from tests.factories.meetings import CohortFactory, SupervisionGroupFactory, kursist_in
from tests.factories.people import UserFactory
from tests.meetings.days import NOW, schedule
from tests.meetings.outbox import bounced, failed, noted, sent
from tests.meetings.polls import ask

pytestmark = pytest.mark.django_db
# The day is Thursday 12 November 2026, from 10 to 16 in Copenhagen.
STARTS = NOW + timedelta(days=10)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cohort():
    return CohortFactory(name="Hold Vest")


def coming(cohort, now=NOW):
    return [(line.label, line.at, line.count) for line in queries.coming_reminders(cohort, now)]


def test_every_occasion_that_can_be_in_a_cohorts_outbox_has_its_words():
    """The forum's mails, and those about one's own account, belong to no cohort."""
    elsewhere = ("forum.", "tests.", "people.erasure_", "people.factors_", "people.joined")

    assert set(queries.LABELS) == {code for code in registered_codes() if not code.startswith(elsewhere)}


def test_an_occasion_nobody_has_named_yet_is_still_shown():
    assert queries.label_of("elsewhere.told") == "Another e-mail"


def test_the_reminders_of_a_day_stand_at_their_moments_for_those_who_would_get_them(cohort):
    kursist_in(cohort), kursist_in(cohort)
    schedule(cohort, starts_at=STARTS)

    assert coming(cohort) == [
        ("Reminder a week before", datetime(2026, 11, 5, 6, tzinfo=UTC), 2),
        ("Reminder the day before", datetime(2026, 11, 11, 6, tzinfo=UTC), 2),
        ("Reminder the same evening", datetime(2026, 11, 12, 18, tzinfo=UTC), 2),
        ("Reminder the day after", datetime(2026, 11, 13, 7, tzinfo=UTC), 2),
    ]


def test_only_what_is_to_come_within_a_fortnight_is_listed(cohort):
    kursist_in(cohort)
    schedule(cohort, starts_at=STARTS)

    assert len(coming(cohort, datetime(2026, 11, 11, 6, tzinfo=UTC))) == 2
    assert coming(cohort, datetime(2026, 11, 13, 7, tzinfo=UTC)) == []
    assert len(coming(cohort, datetime(2026, 10, 22, 6, tzinfo=UTC))) == 1
    assert coming(cohort, datetime(2026, 10, 22, 4, tzinfo=UTC)) == []


def test_who_has_declined_or_left_is_not_counted(cohort):
    for _ in range(3):
        kursist_in(cohort)
    meeting = schedule(cohort, starts_at=STARTS)
    one, two, _three = meeting.invitees.all()
    Invitee.objects.filter(pk=one.pk).update(answer=Invitee.Answer.DECLINED)
    two.person.is_active = False
    two.person.save()

    assert {count for _label, _at, count in coming(cohort)} == {1}


def test_a_reminder_turned_off_or_for_those_who_have_not_answered_counts_as_it_is_sent(cohort):
    kursist_in(cohort)
    meeting = schedule(cohort, starts_at=STARTS)
    words = {"course": cohort.course, "kind": "teaching", "subject": "Husk", "text": "Husk"}
    Reminder.objects.create(moment="week_before", is_on=False, **words)
    Reminder.objects.create(moment="day_before", only_unanswered=True, **words)
    labels = [label for label, _at, _count in coming(cohort)]
    meeting.invitees.update(answer=Invitee.Answer.ACCEPTED)

    assert labels[0] == "Reminder the day before"
    assert [label for label, _at, _count in coming(cohort)] == labels[1:]


def test_cancelled_days_and_other_cohorts_are_not_listed(cohort):
    kursist_in(cohort)
    meeting = schedule(cohort, starts_at=STARTS)
    meeting.state = meeting.State.CANCELLED
    meeting.save()
    other = CohortFactory()
    kursist_in(other)
    schedule(other, starts_at=STARTS)

    assert coming(cohort) == []


def test_waiting_mails_are_counted_by_what_they_are_about(cohort):
    kursist_in(cohort), kursist_in(cohort)
    schedule(cohort, title="Dag 1")
    sent(cohort, now=NOW), noted(CohortFactory(), now=NOW)

    lines = queries.waiting_mails(cohort)

    assert [(line.label, line.about, line.count) for line in lines] == [("Invitation", "Dag 1", 2)]


def test_mail_about_a_poll_or_the_platform_takes_no_title_from_a_day_of_the_same_number(cohort):
    meeting, poll = schedule(cohort, title="Dag 1"), ask(SupervisionGroupFactory(), title="Vores ekstra dag")
    about = {"meetings.invited": meeting.pk, "meetings.poll_asked": poll.pk, "people.invited": meeting.pk}
    about["meetings.cohort_cancelled"] = meeting.pk
    for occasion, pk in about.items():
        noted(cohort, pk, now=NOW, occasion=occasion)

    titles = {line.label: line.about for line in queries.waiting_mails(cohort)}

    assert titles == {
        "Invitation": "Dag 1",
        "Question about dates": "Vores ekstra dag",
        "Invitation to the platform": "",
        "Cohort cancelled": "",
    }


def test_what_was_sent_stands_by_day_newest_first(cohort):
    meeting = schedule(cohort, title="Dag 1")
    for days_ago, many in ((3, 1), (1, 2)):
        for _ in range(many):
            sent(cohort, meeting, now=NOW, days_ago=days_ago)
    bounced(cohort, meeting, now=NOW), sent(CohortFactory(), meeting, now=NOW)

    lines, rest = queries.sent_mails(cohort)

    assert [(line.about, line.at, line.count) for line in lines] == [
        ("Dag 1", NOW - timedelta(days=1), 2),
        ("Dag 1", NOW - timedelta(days=3), 1),
    ]
    assert rest == ""


def test_pages_of_fifty_meet_without_gap_or_double(cohort):
    """On one day as well as over several: the page breaks are in the middle of a day."""
    for number in range(120):
        sent(cohort, number + 1000, now=NOW, days_ago=number // 40)

    pages, after = [], ""
    while True:
        lines, after = queries.sent_mails(cohort, after)
        pages.append(lines)
        if not after:
            break

    assert [len(page) for page in pages] == [50, 50, 20]
    days = [line.at for page in pages for line in page]
    assert days == sorted(days, reverse=True)
    assert len({days.count(day) for day in days}) == 1


@pytest.mark.parametrize(
    "after", ["x", "::", "2026-13-41:a:1", "2026-11-02:a\x00b:1", "2026-11-02:a:²", "2026-11-02:a:" + "9" * 30]
)
def test_a_changed_address_starts_from_the_beginning(cohort, after):
    sent(cohort, now=NOW)

    assert len(queries.sent_mails(cohort, after)[0]) == 1


def test_what_did_not_arrive_is_named_with_its_reason(cohort):
    mette = UserFactory(name="Mette Lindholm")
    failed(cohort, schedule(cohort, title="Dag 1"), now=NOW, recipient=mette)
    bounced(cohort, now=NOW, failure="5.2.2", occasion="people.invited", recipient=mette)

    lines = [(one.label, one.about, one.reason) for one in queries.undelivered_mails(cohort)]

    assert lines == [
        ("Invitation to the platform", "", "The mailbox is full."),
        ("Invitation", "Dag 1", "The mail server refused the address."),
    ]


NO_REASON = "The e-mail could not be made or sent. Try again, and tell us if it fails once more."


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("5.1.1", "The address does not exist."),
        ("5.1.10", "The address does not exist."),
        ("5.7.26", "The receiver's mail filter refused the e-mail."),
        ("5.0.0", "The mail server refused the e-mail."),
        ("TypeError", NO_REASON),
        ("", NO_REASON),
    ],
)
def test_a_reason_is_said_in_words(failure, words):
    assert queries.reason_for(failure) == words


def test_no_more_than_a_page_of_undelivered_mails_is_listed_and_all_are_counted(cohort):
    for _ in range(52):
        failed(cohort, now=NOW)

    assert (len(queries.undelivered_mails(cohort)), queries.outbox_state(cohort).undelivered) == (50, 52)


def test_the_state_says_who_paused_and_how_many_did_not_arrive(cohort):
    line = UserFactory(name="Line Falk")
    PausedOutbox.objects.create(outbox=cohort.outbox, paused_at=NOW, paused_by=line)
    failed(cohort, now=NOW), bounced(cohort, now=NOW), noted(cohort, now=NOW), failed(CohortFactory(), now=NOW)

    state = queries.outbox_state(cohort)

    assert (state.pause.paused_by, state.undelivered) == (line, 2)
    assert Notice.objects.count() == 4


def test_the_alarm_says_the_same_in_one_query(cohort, django_assert_num_queries):
    quiet = CohortFactory()
    PausedOutbox.objects.create(outbox=cohort.outbox, paused_at=NOW)
    failed(cohort, now=NOW), bounced(cohort, now=NOW), noted(cohort, now=NOW)

    with django_assert_num_queries(2):
        alarms = queries.outbox_alarm(cohort), queries.outbox_alarm(quiet)

    assert alarms == (queries.Alarm(is_paused=True, undelivered=2), queries.Alarm(is_paused=False, undelivered=0))
