from datetime import timedelta

import pytest
from django.utils import timezone

from supervision import tasks
from supervision.models import Case
from tests.factories.supervision import CaseFactory, day_from_now

pytestmark = pytest.mark.django_db


def test_delete_old_cases_leaves_what_is_not_old(day):
    CaseFactory(day=day_from_now(timezone.now(), -15))
    young = CaseFactory(day=day)

    tasks.delete_old_cases.delay()

    assert list(Case.objects.all()) == [young]


def test_delete_old_cases_tells_the_log_a_number_only(caplog):
    caplog.set_level("INFO", logger="supervision.tasks")
    CaseFactory(day=day_from_now(timezone.now() - timedelta(days=1), -15), title="Hun siger ja til alt")

    tasks.delete_old_cases.delay()

    assert [record.getMessage() for record in caplog.records if record.name == "supervision.tasks"] == [
        "Deleted 1 old cases"
    ]
