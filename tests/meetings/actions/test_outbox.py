from datetime import timedelta

import pytest
from django.core import mail

from lms.meetings import actions
from lms.meetings.models import Invitee
from lms.notifications.actions import mark_bounced
from lms.notifications.models import Notice, PausedOutbox
from lms.people.models import AuditEntry
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import UserFactory
from tests.meetings.calendars import calendar_part, delivered, events
from tests.meetings.days import NOW, schedule
from tests.meetings.outbox import bounced, failed, noted, sent

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def cohort():
    return CohortFactory(name="Hold Vest")


@pytest.fixture
def line():
    return UserFactory(name="Line Falk")


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def came_back(notice):
    notice.refresh_from_db()
    assert mark_bounced(message_key=notice.message_key, failed={notice.recipient.email: "5.1.1"})


def test_a_pause_holds_mail_back_and_letting_go_sends_it_once(cohort, line):
    kursist_in(cohort)
    actions.pause_mails(cohort=cohort, by=line, now=NOW)
    schedule(cohort)

    held = delivered(LATER)
    actions.resume_mails(cohort=cohort, by=line, now=LATER)

    assert (held, len(delivered(LATER)), delivered(LATER)) == ([], 1, [])


def test_a_pause_holds_back_one_cohort_only(cohort, line):
    other = CohortFactory()
    kursist_in(other)
    actions.pause_mails(cohort=cohort, by=line, now=NOW)
    schedule(other)

    assert len(delivered(LATER)) == 1


def test_pausing_and_letting_go_twice_is_noted_once(cohort, line):
    for _ in range(2):
        actions.pause_mails(cohort=cohort, by=line, now=NOW)
    paused = list(PausedOutbox.objects.values_list("outbox", "paused_at", "paused_by"))
    for _ in range(2):
        actions.resume_mails(cohort=cohort, by=line, now=LATER)

    assert paused == [(cohort.outbox, NOW, line.pk)]
    assert (verbs(), PausedOutbox.objects.count()) == (["mails_paused", "mails_resumed"], 0)


def test_what_failed_and_what_came_back_waits_again_as_if_new(cohort, line):
    notices = [failed(cohort, now=NOW, attempts=5), bounced(cohort, now=NOW)]
    keys = {notice.message_key for notice in notices}

    assert actions.retry_mails(cohort=cohort, by=line, now=LATER) == 2

    rows = Notice.objects.values_list("state", "due_at", "attempts", "failure", "sent_at")
    assert set(rows) == {("waiting", LATER, 0, "", None)}
    assert set(Notice.objects.values_list("message_key", flat=True)) == keys
    assert verbs() == ["mails_retried"]


def test_one_is_sent_again_and_the_others_stay(cohort, line):
    one, other = failed(cohort, now=NOW), failed(cohort, now=NOW)

    assert actions.retry_mails(cohort=cohort, by=line, now=LATER, only=one.pk) == 1

    other.refresh_from_db()
    assert other.state == Notice.State.FAILED


def test_a_second_try_finds_nothing_left_and_notes_nothing(cohort, line):
    failed(cohort, now=NOW)

    assert [actions.retry_mails(cohort=cohort, by=line, now=LATER) for _ in range(2)] == [1, 0]
    assert verbs() == ["mails_retried"]


def test_another_cohorts_mail_and_what_has_gone_are_left_alone(cohort, line):
    foreign = failed(CohortFactory(), now=NOW)
    noted(cohort, now=NOW), sent(cohort, now=NOW)

    assert actions.retry_mails(cohort=cohort, by=line, now=LATER) == 0
    assert actions.retry_mails(cohort=cohort, by=line, now=LATER, only=foreign.pk) == 0


def test_an_invitation_that_came_back_is_really_sent_again(cohort, line):
    """Waiting alone is not enough: as the calendar counts as told, the sender would drop it."""
    kursist_in(cohort)
    schedule(cohort)
    (first,) = delivered(NOW)
    notice = Notice.objects.get()
    came_back(notice)
    Notice.objects.update(state=Notice.State.WAITING)
    naive = delivered(LATER)
    Notice.objects.update(state=Notice.State.SENT)
    came_back(notice)

    actions.retry_mails(cohort=cohort, by=line, now=LATER)
    (again,) = delivered(LATER)

    assert naive == []
    assert again["Message-ID"] == first["Message-ID"]
    told = [events(calendar_part(message).get_payload(decode=True))[0] for message in (first, again)]
    assert len({(str(event["UID"]), int(event["SEQUENCE"])) for event in told}) == 1


def test_a_cancellation_that_came_back_is_sent_again(cohort, line):
    kursist_in(cohort)
    meeting = schedule(cohort)
    delivered(NOW)
    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)
    delivered(NOW)
    came_back(Notice.objects.get(occasion="meetings.cancelled"))

    actions.retry_mails(cohort=cohort, by=line, now=LATER)

    assert len(delivered(LATER)) == 1


def test_an_old_invitation_is_not_sent_again_over_a_change_that_arrived(cohort, line):
    kursist_in(cohort)
    meeting = schedule(cohort)
    delivered(NOW)
    actions.change_meeting(meeting=meeting, by=None, now=NOW, place="Kolding")
    delivered(LATER)
    came_back(Notice.objects.get(occasion="meetings.invited"))

    actions.retry_mails(cohort=cohort, by=line, now=LATER)

    assert delivered(LATER) == []
    assert Notice.objects.get(occasion="meetings.invited").state == Notice.State.DROPPED


def test_only_the_ones_whose_mail_came_back_are_told_again(cohort, line):
    reached, lost = kursist_in(cohort), kursist_in(cohort)
    schedule(cohort)
    delivered(NOW)
    came_back(Notice.objects.get(recipient=lost))

    actions.retry_mails(cohort=cohort, by=line, now=LATER)

    assert Invitee.objects.get(person=reached).last_revision_sent == 1
    assert [message["To"] for message in delivered(LATER)] == [lost.email]


@pytest.mark.parametrize("many", [1, 3, 30])
def test_trying_again_costs_the_same_for_any_number(cohort, line, many, django_assert_num_queries):
    for _ in range(many):
        kursist_in(cohort)
    schedule(cohort)
    delivered(NOW)
    Notice.objects.update(state=Notice.State.BOUNCED, failure="5.1.1")

    with django_assert_num_queries(10):
        actions.retry_mails(cohort=cohort, by=line, now=LATER)

    assert (len(delivered(LATER)), len(mail.outbox)) == (many, many)
