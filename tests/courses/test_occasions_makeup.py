from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from courses import actions, tasks
from courses.models import MakeUp
from lms.notifications.actions import compose
from lms.notifications.methods import occasion_for
from lms.notifications.models import Notice
from tests.courses.makeups import ask, make_story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def story():
    return make_story(NOW)


def mail(occasion, now=NOW):
    notice = Notice.objects.get(occasion=occasion)
    loaded = occasion_for(occasion).load(notice, now)
    return loaded and compose(notice=notice, mail=loaded)


def test_coordinators_read_who_asks_and_for_what(story):
    ask(story, NOW)

    message = mail("courses.make_up_asked")

    assert story.missed.title in message.subject
    assert "Mette Lindholm" in message.body
    assert "/indhentning/" in message.body


def test_coordinators_are_not_asked_about_what_was_withdrawn(story):
    actions.withdraw_make_up(make_up=ask(story, NOW), by=story.kursist, now=NOW)

    assert mail("courses.make_up_asked") is None


def test_one_who_coordinates_no_more_hears_nothing(story):
    ask(story, NOW)
    story.coordinator.memberships.all().delete()

    assert mail("courses.make_up_asked") is None


def test_the_kursist_hears_of_the_yes_while_the_day_is_ahead(story):
    actions.agree_make_up(make_up=ask(story, NOW), by=story.coordinator, now=NOW)

    assert story.host.name in mail("courses.make_up_agreed").body
    assert mail("courses.make_up_agreed", NOW + timedelta(days=30)) is None


def test_the_kursist_hears_of_the_no_and_why(story):
    make_up = ask(story, NOW)
    actions.refuse_make_up(make_up=make_up, reason="Rummet er lille", by=story.coordinator, now=NOW)

    message = mail("courses.make_up_refused")

    assert "Rummet er lille" in message.body
    assert f"/moede/{story.missed.pk}/indhent/" in message.body


@time_machine.travel(NOW, tick=False)
def test_the_clock_offers_freed_days(story):
    make_up = ask(story, NOW)
    MakeUp.objects.filter(pk=make_up.pk).update(state=MakeUp.State.WAITING)

    tasks.offer_freed_days()

    make_up.refresh_from_db()
    assert make_up.state == MakeUp.State.ASKED
