"""A sender that was slower than its lease, and the one that took over from it."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from lms.notifications import actions, methods
from lms.notifications.methods import Mail, Occasion
from lms.notifications.models import Notice
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = NOW + actions.LEASE


@pytest.fixture
def notice(monkeypatch):
    person = UserFactory()
    occasion = Occasion("tests.leased", load=lambda _notice, _now: Mail("people.reminded", {}))
    monkeypatch.setitem(methods._occasions, "tests.leased", occasion)
    actions.notify(recipients=[person], occasion="tests.leased", about=person, now=NOW)
    return Notice.objects.get()


def claimed(now):
    (notice,) = actions.claim(now=now, limit=1)
    return notice


def state_of(notice):
    return Notice.objects.get(pk=notice.pk).state


def test_the_slow_one_leaves_alone_what_was_taken_over(notice):
    slow = claimed(NOW)
    claimed(LATER)

    actions.deliver(notice=slow, connection=None, now=NOW)

    assert (len(mail.outbox), state_of(notice)) == (0, Notice.State.SENDING)


def test_what_the_slow_one_sent_meanwhile_is_not_sent_again(notice):
    slow = claimed(NOW)
    quick = claimed(LATER)
    actions._sent(slow, NOW)

    actions.deliver(notice=quick, connection=None, now=LATER)

    assert (len(mail.outbox), state_of(notice)) == (0, Notice.State.SENT)


def test_a_mail_that_has_gone_is_not_marked_as_dropped(notice):
    """The second one finds nothing to say any more, because the first has just said it."""
    slow, quick = claimed(NOW), claimed(LATER)

    def load(_notice, _now):
        actions._sent(slow, NOW)

    methods._occasions["tests.leased"] = Occasion("tests.leased", load=load)
    actions.deliver(notice=quick, connection=None, now=LATER)

    assert state_of(notice) == Notice.State.SENT
