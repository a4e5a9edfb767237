import pytest
from django.conf import settings
from wagtail.search.backends import get_search_backend

from lms.celery import app
from lms.forum.queries import search_discussions
from lms.home.tasks import update_search_index
from tests.factories.forum import consultant_in, shared_by


@pytest.mark.django_db
def test_the_nightly_index_brings_back_what_a_lost_message_left_out():
    author = consultant_in()
    discussion = shared_by(author, "Den første samtale")
    get_search_backend().delete(discussion)
    lost = search_discussions(author, "samtaler")

    update_search_index()

    assert (lost, [found.pk for found in search_discussions(author, "samtaler")]) == ([], [discussion.pk])


def test_everything_the_clock_wakes_is_a_task_somebody_has_written():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks) == set()
