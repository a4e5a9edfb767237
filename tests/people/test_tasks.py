import pytest
import time_machine
from django.conf import settings

from lms.meetings.models import RefusedMail
from lms.people import actions, tasks
from lms.people.models import ErasureRequest, FileToErase, User
from tests.factories.people import UserFactory
from tests.people.held import NOW

pytestmark = pytest.mark.django_db


@time_machine.travel(NOW, tick=False)
def test_the_night_erases_keeps_no_longer_and_deletes_what_files_are_left():
    person = UserFactory()
    asked = actions.ask_for_erasure(person=person, now=NOW)
    ErasureRequest.objects.filter(pk=asked.pk).update(
        asked_at="2026-01-01T00:00Z", due_at=NOW, told_at="2026-11-01T00:00Z"
    )
    RefusedMail.objects.create(sender="a@b.example", reason="no_reply", received_at="2026-01-01T00:00Z")
    FileToErase.objects.create(name="findes-ikke.pdf", asked_at=NOW)

    assert tasks.keep_no_longer() == 1

    assert (User.objects.count(), RefusedMail.objects.count(), FileToErase.objects.count()) == (0, 0, 0)
    assert tasks.keep_no_longer() == 0


def test_it_runs_each_night():
    planned = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    assert planned.count(tasks.keep_no_longer.name) == 1
