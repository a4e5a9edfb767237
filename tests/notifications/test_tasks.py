from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lms.notifications import actions, methods
from lms.notifications.models import Notice
from lms.notifications.tasks import send_waiting_notices
from tests.factories.people import UserFactory


@pytest.mark.django_db
def test_task_run_twice_has_one_effect(told):
    person = UserFactory()
    actions.notify(recipients=[person], occasion="tests.told", about=person, now=timezone.now())

    for _ in range(2):
        send_waiting_notices.apply()

    assert [message.to for message in mail.outbox] == [[person.email]]
    assert list(Notice.objects.values_list("state", flat=True)) == ["sent"]


@pytest.mark.django_db
def test_task_leaves_what_is_due_later(told):
    person = UserFactory()
    actions.notify(recipients=[person], occasion="tests.told", about=person, now=timezone.now() + timedelta(hours=1))

    send_waiting_notices.apply()

    assert mail.outbox == []


def test_occasions_of_every_app_are_registered():
    assert {"people.invited", "people.reminded"} <= set(methods.registered_codes())
