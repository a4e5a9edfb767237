"""The sender is woken by the commit, and once."""

from datetime import UTC, datetime

import pytest
from celery import Celery
from django.db import transaction

from lms.notifications import actions
from lms.notifications.models import Notice
from tests.factories.people import UserFactory

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def woken(monkeypatch):
    calls = []
    monkeypatch.setattr(actions.current_app, "send_task", calls.append)
    return calls


def tell(person, revision=0):
    actions.notify(recipients=[person], occasion="tests.told", about=person, now=NOW, revision=revision)


@pytest.mark.django_db(transaction=True)
def test_many_notices_in_one_transaction_wake_the_sender_once(woken):
    person = UserFactory()

    with transaction.atomic():
        for revision in range(3):
            tell(person, revision)

    assert woken == [actions.SENDER]
    assert Notice.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_each_transaction_wakes_the_sender_for_itself(woken):
    person = UserFactory()

    for revision in range(2):
        with transaction.atomic():
            tell(person, revision)

    assert woken == [actions.SENDER, actions.SENDER]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_wakes_nobody(woken):
    person = UserFactory()

    with transaction.atomic():
        tell(person)
        transaction.set_rollback(True)

    assert woken == []
    assert Notice.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_rolled_back_does_not_take_the_waking_of_a_later_notice_with_it(woken):
    person = UserFactory()

    with transaction.atomic():
        with transaction.atomic():
            tell(person)
            transaction.set_rollback(True)
        tell(person, 1)

    assert woken == [actions.SENDER]
    assert list(Notice.objects.values_list("revision", flat=True)) == [1]


def test_a_broker_that_does_not_answer_only_means_waiting(monkeypatch, caplog):
    broker = Celery(broker="redis://127.0.0.1:1/0", set_as_current=False)  # nobody listens on port 1
    monkeypatch.setattr(actions, "current_app", broker)

    actions.wake_sender()

    assert [record.getMessage() for record in caplog.records] == ["The sender could not be woken: OperationalError"]
