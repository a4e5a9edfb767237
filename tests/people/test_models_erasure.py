from datetime import UTC, date, datetime, timedelta

import pytest

from lms.people.models import ErasureRequest, FileToErase, RetentionCount
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def request_of(person=None):
    return ErasureRequest.objects.create(person=person or UserFactory(), asked_at=NOW, due_at=NOW + timedelta(days=14))


def test_nobody_stands_in_the_name_of_a_row_about_erasure():
    file = FileToErase.objects.create(name="karen-winther.pdf", asked_at=NOW)
    count = RetentionCount.objects.create(day=date(2026, 11, 20), model="people.Invitation", count=3)
    asked = request_of()

    assert (str(file), str(count)) == (f"file {file.pk}", "2026-11-20 people.Invitation: 3")
    assert str(asked) == f"{asked.person_id}, 2026-12-04"


def test_one_sees_the_own_requests_and_nobody_elses():
    mine, _other = request_of(), request_of()

    assert list(ErasureRequest.objects.visible_to(mine.person)) == [mine]


def test_each_request_has_a_link_of_its_own():
    assert request_of().token != request_of().token


def test_what_was_regretted_is_no_longer_open():
    asked = request_of()
    asked.regretted_at = NOW
    asked.save()

    assert (asked.is_open, ErasureRequest.objects.open().count()) == (False, 0)
