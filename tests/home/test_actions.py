"""Incoming mail finds its way: back to the notice it was, or to the day it answers."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from lms.home import actions
from lms.meetings.actions import MailRefused
from lms.meetings.models import RefusedMail
from lms.notifications.models import Notice
from tests.factories.meetings import CohortFactory, kursist_in
from tests.home.methods.test_bounces import report
from tests.meetings.calendars import delivered
from tests.meetings.days import NOW, schedule
from tests.meetings.mails import GATE, reply

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def meeting(settings):
    settings.MAIL_AUTHSERV_ID = GATE
    cohort = CohortFactory()
    kursist_in(cohort, email="mette@viborg.example")
    meeting = schedule(cohort)
    delivered(NOW)
    return meeting


@pytest.fixture
def notice(meeting):
    return Notice.objects.get()


class FakeInbox:
    """What the action asks of a mailbox."""

    def __init__(self, *raws):
        self.raws, self.filed = dict(enumerate(raws)), []

    def unread(self):
        return [uid for uid in self.raws if uid not in dict(self.filed)]

    def raw(self, uid, *, limit):
        return self.raws[uid][:limit]

    def file(self, uid, folder):
        self.filed.append((uid, folder))


def test_a_mail_that_came_back_is_marked_with_its_status(notice):
    actions.receive_mail(raw=report(key=notice.message_key), now=LATER)

    notice.refresh_from_db()
    assert (notice.state, notice.failure) == (Notice.State.BOUNCED, "5.1.1")


def test_a_report_twice_marks_once(notice):
    for _time in range(2):
        actions.receive_mail(raw=report(key=notice.message_key), now=LATER)

    assert not RefusedMail.objects.exists()


def test_a_mail_that_is_only_late_stays_sent(notice):
    actions.receive_mail(raw=report(key=notice.message_key, action="delayed", status="4.4.1"), now=LATER)

    notice.refresh_from_db()
    assert (notice.state, RefusedMail.objects.count()) == (Notice.State.SENT, 0)


@pytest.mark.parametrize("other", [{"recipient": "jens@viborg.example"}, {"key": "f" * 32}])
def test_a_report_about_somebody_elses_address_marks_nothing(notice, other):
    with pytest.raises(MailRefused):
        actions.receive_mail(raw=report(**{"key": notice.message_key, **other}), now=LATER)

    notice.refresh_from_db()
    assert (notice.state, RefusedMail.objects.get().reason) == (Notice.State.SENT, "no_reply")


def test_a_mail_not_yet_sent_cannot_have_come_back(notice):
    Notice.objects.update(state=Notice.State.WAITING)

    actions.receive_mail(raw=report(key=notice.message_key), now=LATER)

    notice.refresh_from_db()
    assert notice.state == Notice.State.WAITING


def test_an_answer_is_counted(meeting):
    actions.receive_mail(raw=reply(meeting, now=NOW), now=LATER)

    assert meeting.invitees.get().answer == "accepted"


def test_a_poisoned_mail_does_not_stop_those_behind_it(meeting, monkeypatch, caplog):
    def receive(*, raw, now):
        if raw == b"poison":
            raise ZeroDivisionError
        return real(raw=raw, now=now)

    real = actions.receive_mail
    monkeypatch.setattr(actions, "receive_mail", receive)
    inbox = FakeInbox(b"poison", b"nonsense", reply(meeting, now=NOW))

    with caplog.at_level(logging.ERROR):
        assert actions.receive_all(inbox=inbox, now=LATER) == 3

    assert inbox.filed == [(0, "Afvist"), (1, "Afvist"), (2, "Behandlet")]
    assert [record.message for record in caplog.records] == ["An incoming mail could not be read"]
    assert actions.receive_all(inbox=inbox, now=LATER) == 0


def test_mail_stays_where_it_is_while_the_database_is_away(monkeypatch):
    def away(**_mail):
        raise OperationalError

    monkeypatch.setattr(actions, "receive_mail", away)
    inbox = FakeInbox(b"one")

    with pytest.raises(OperationalError):
        actions.receive_all(inbox=inbox, now=LATER)

    assert inbox.filed == []


def test_more_than_can_be_read_is_not_fetched():
    asked = []
    inbox = SimpleNamespace(
        unread=lambda: [1],
        raw=lambda _uid, limit: asked.append(limit) or b"",
        file=lambda _uid, folder: asked.append(folder),
    )

    actions.receive_all(inbox=inbox, now=LATER)

    assert asked == [256 * 1024 + 1, "Afvist"]
