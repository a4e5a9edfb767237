import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from lms.notifications import actions
from lms.notifications.models import Notice
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def tell(person=None, **fields):
    person = person or UserFactory()
    actions.notify(recipients=[person], occasion="tests.told", about=person, **{"now": NOW, **fields})
    return Notice.objects.latest("id")


def rows(*fields):
    return list(Notice.objects.order_by("id").values_list(*fields))


def addresses():
    return [message.to for message in mail.outbox]


def test_notify_writes_a_row_for_each_recipient():
    anna, berit = UserFactory.create_batch(2)

    actions.notify(recipients=[anna, berit], occasion="tests.told", about=anna, now=NOW)

    assert rows("recipient", "occasion", "object_id", "revision", "state", "due_at") == [
        (anna.pk, "tests.told", anna.pk, 0, "waiting", NOW),
        (berit.pk, "tests.told", anna.pk, 0, "waiting", NOW),
    ]


def test_notify_twice_is_one_row_and_a_new_revision_another():
    anna = UserFactory()

    for revision in (0, 0, 1):
        tell(anna, revision=revision)

    assert rows("revision") == [(0,), (1,)]


def test_database_refuses_the_same_notice_twice():
    notice = tell()
    notice.pk = None

    with pytest.raises(IntegrityError):
        notice.save(force_insert=True)


def test_notify_is_undone_with_the_change_it_tells_of():
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)

    assert rows("pk") == []


def test_claim_leases_what_is_due_and_leaves_the_rest():
    due, later = tell(), tell(due_at=NOW + MINUTE)

    claimed = actions.claim(now=NOW, limit=10)

    assert [notice.pk for notice in claimed] == [due.pk]
    assert rows("pk", "state", "leased_until") == [
        (due.pk, "sending", NOW + actions.LEASE),
        (later.pk, "waiting", None),
    ]


def test_claim_takes_no_more_than_its_limit_and_the_oldest_first():
    notices = [tell() for _ in range(3)]

    assert [notice.pk for notice in actions.claim(now=NOW, limit=2)] == [notice.pk for notice in notices[:2]]


def test_claimed_notice_is_nobody_else_s_until_its_lease_is_over():
    notice = tell()
    actions.claim(now=NOW, limit=10)

    assert actions.claim(now=NOW + actions.LEASE - MINUTE, limit=10) == []
    assert [again.pk for again in actions.claim(now=NOW + actions.LEASE, limit=10)] == [notice.pk]


def test_sent_dropped_and_failed_notices_are_never_claimed_again():
    for state in ("sent", "dropped", "failed"):
        Notice.objects.filter(pk=tell().pk).update(state=state)

    assert actions.claim(now=NOW + timedelta(days=365), limit=10) == []


def test_claim_takes_as_many_queries_for_one_as_for_thirty(django_assert_num_queries):
    for count in (1, 3, 30):
        for _ in range(count):
            tell()
        with django_assert_num_queries(QUERIES_TO_CLAIM):
            actions.claim(now=NOW, limit=50)


# The savepoint a test's own transaction adds, the rows, and the lease.
QUERIES_TO_CLAIM = 4


def test_send_waiting_sends_marks_and_tells_the_occasion(told):
    notice = tell()

    assert actions.send_waiting(now=NOW) == 1

    assert addresses() == [[notice.recipient.email]]
    assert rows("state", "sent_at", "leased_until", "failure") == [("sent", NOW, None, "")]
    assert told.sent == [(notice.pk, NOW)]


def test_send_waiting_again_sends_nothing(told):
    tell()
    actions.send_waiting(now=NOW)

    assert actions.send_waiting(now=NOW + MINUTE) == 0
    assert len(mail.outbox) == 1


def test_sender_that_died_before_marking_makes_a_twin_with_the_same_message_id(told):
    tell()
    (claimed,) = actions.claim(now=NOW, limit=10)
    actions.compose(notice=claimed, mail=told.load(claimed, NOW)).send()

    actions.send_waiting(now=NOW + actions.LEASE)

    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert len(mail.outbox) == 2
    assert rows("state") == [("sent",)]


def test_notice_that_is_no_longer_due_is_dropped_unsent(told):
    told.is_due = False
    tell()

    actions.send_waiting(now=NOW)

    assert (addresses(), rows("state", "leased_until"), told.sent) == ([], [("dropped", None)], [])


def test_refused_address_is_given_up_and_the_others_go(told, answers):
    bad, good = tell(), tell()
    answers[bad.recipient.email] = smtplib.SMTPRecipientsRefused({bad.recipient.email: (550, b"no such user")})

    actions.send_waiting(now=NOW)

    assert rows("pk", "state", "failure") == [(bad.pk, "failed", "address refused"), (good.pk, "sent", "")]
    assert list(Notice.objects.failed()) == [bad]
    assert addresses() == [[good.recipient.email]]


def test_greylisted_address_is_asked_again(told, answers):
    notice = tell()
    answers[notice.recipient.email] = smtplib.SMTPRecipientsRefused({notice.recipient.email: (451, b"later")})
    actions.send_waiting(now=NOW)
    waiting = rows("state", "due_at")
    answers.clear()

    actions.send_waiting(now=NOW + MINUTE)

    assert (waiting, rows("state")) == ([("waiting", NOW + MINUTE)], [("sent",)])


def test_pauses_double_up_to_a_quarter_of_an_hour_and_nothing_is_given_up(told, settings):
    settings.EMAIL_BACKEND = "tests.notifications.servers.Absent"
    tell()
    now, pauses = NOW, []
    for _ in range(7):
        actions.send_waiting(now=now)
        due_at = Notice.objects.get().due_at
        pauses.append((due_at - now) // MINUTE)
        now = due_at

    assert pauses == [1, 2, 4, 8, 15, 15, 15]
    assert rows("state", "failure", "leased_until") == [("waiting", "ConnectionRefusedError", None)]


def test_everything_goes_when_the_mail_server_is_back(told, settings):
    for _ in range(3):
        tell()
    settings.EMAIL_BACKEND = "tests.notifications.servers.Absent"
    actions.send_waiting(now=NOW)
    settings.EMAIL_BACKEND = "tests.notifications.servers.Scripted"

    actions.send_waiting(now=NOW + MINUTE)

    assert rows("state") == [("sent",)] * 3


def test_a_mail_that_was_tried_in_vain_goes_before_a_later_one_to_the_same_person(told, answers):
    first, other = tell(), tell()
    answers[first.recipient.email] = smtplib.SMTPServerDisconnected("x")
    actions.send_waiting(now=NOW)
    answers.clear()
    second = tell(first.recipient, revision=1)

    actions.send_waiting(now=NOW + MINUTE / 2)
    before = rows("pk", "state")
    while actions.send_waiting(now=NOW + MINUTE):
        pass

    assert before == [(first.pk, "waiting"), (other.pk, "sent"), (second.pk, "waiting")]
    assert [pk for pk, _now in told.sent] == [other.pk, first.pk, second.pk]


def test_a_mail_that_is_to_go_later_holds_nothing_back(told):
    tell(due_at=NOW + MINUTE)
    now = tell(Notice.objects.get().recipient, revision=1)

    actions.send_waiting(now=NOW)

    assert [pk for pk, _now in told.sent] == [now.pk]


@pytest.mark.parametrize(
    "error", [smtplib.SMTPServerDisconnected("x"), smtplib.SMTPDataError(451, b"x"), TimeoutError()]
)
def test_trouble_with_the_server_keeps_the_notice(told, answers, error):
    notice = tell()
    answers[notice.recipient.email] = error

    actions.send_waiting(now=NOW)

    assert rows("state", "attempts", "failure") == [("waiting", 1, type(error).__name__)]


def test_poison_row_is_parked_after_five_tries_and_the_others_go(told, caplog):
    poison, good = tell(), tell()
    told.broken.add(poison.object_id)
    now = NOW
    for _ in range(6):
        actions.send_waiting(now=now)
        now += actions.LONGEST_WAIT

    assert rows("pk", "state", "attempts") == [(poison.pk, "failed", 5), (good.pk, "sent", 0)]
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 5


def test_occasion_nobody_knows_is_parked_and_not_a_crash(told, caplog):
    Notice.objects.filter(pk=tell().pk).update(occasion="tests.forgotten", attempts=4)

    actions.send_waiting(now=NOW)

    assert rows("state") == [("failed",)]


def test_one_recipient_in_each_message(told):
    for _ in range(3):
        tell()

    actions.send_waiting(now=NOW)

    assert [len(message.recipients()) for message in mail.outbox] == [1, 1, 1]


def test_many_waiting_notices_go_in_batches(told):
    for _ in range(5):
        tell()

    assert [actions.send_waiting(now=NOW, limit=2) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer at a time and no row locks")
def test_second_sender_skips_what_the_first_holds():
    tell()
    with transaction.atomic():
        held = Notice.objects.claimable(NOW).select_for_update(skip_locked=True)[:1]
        assert len(held) == 1
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT id FROM notifications_notice FOR UPDATE SKIP LOCKED")
                assert cursor.fetchall() == []
        finally:
            other.close()
