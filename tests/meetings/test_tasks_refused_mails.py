from datetime import timedelta

import pytest
import time_machine

from lms.meetings import tasks
from lms.meetings.models import RefusedMail
from tests.meetings.days import NOW

pytestmark = pytest.mark.django_db


def test_refused_mails_are_forgotten_after_thirty_days():
    old, young = (
        RefusedMail.objects.create(sender="a@b.example", reason="no_reply", received_at=NOW - timedelta(days=days))
        for days in (31, 29)
    )

    with time_machine.travel(NOW, tick=False):
        tasks.forget_refused_mails()

    assert list(RefusedMail.objects.all()) == [young]
    assert not RefusedMail.objects.filter(pk=old.pk).exists()
