from datetime import UTC, datetime

import pytest

from lms.notifications.models import Notice
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_visible_to_are_one_s_own_notices():
    mette, stranger = UserFactory.create_batch(2)
    own = Notice.objects.create(recipient=mette, occasion="x", object_id=1, created_at=NOW, due_at=NOW)

    assert list(Notice.objects.visible_to(mette)) == [own]
    assert list(Notice.objects.visible_to(stranger)) == []


def test_notice_is_named_without_saying_what_it_holds():
    notice = Notice(recipient_id=3, occasion="people.invited", object_id=7, revision=2)

    assert str(notice) == "people.invited 7.2 → 3"
