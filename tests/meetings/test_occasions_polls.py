import pytest

from lms.meetings import actions
from lms.meetings.models import GroupMembership
from lms.notifications.actions import compose
from lms.notifications.methods import occasion_for
from lms.notifications.models import Notice
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.meetings.days import NOW
from tests.meetings.polls import CLOSES, answer, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return member_of(SupervisionGroupFactory(name="Gruppe Et"), name="Mette Lindholm")


@pytest.fixture
def poll(member):
    return ask(GroupMembership.objects.get().group)


def mail(occasion, now=NOW):
    notice = Notice.objects.get(occasion=occasion)
    loaded = occasion_for(occasion).load(notice, now)
    return loaded and compose(notice=notice, mail=loaded)


def test_the_question_names_the_dates_and_leads_to_the_page(poll):
    message = mail("meetings.poll_asked")

    assert poll.title in message.subject
    assert f"/datoer/{poll.pk}/" in message.body
    assert "12. november" in message.body


def test_the_question_is_not_sent_to_one_who_has_answered(poll, member):
    answer(poll, member, "yes", "yes")

    assert mail("meetings.poll_asked") is None


def test_the_question_is_not_sent_when_the_poll_is_closed(poll):
    assert mail("meetings.poll_asked", CLOSES) is None


def test_the_question_is_not_sent_to_one_who_has_left(poll):
    GroupMembership.objects.all().delete()

    assert mail("meetings.poll_asked") is None


def test_a_nudge_says_that_the_answer_is_missing(poll):
    actions.nudge(poll=poll, by=None, now=NOW)

    assert poll.title in mail("meetings.poll_nudged").subject


def test_the_supervisor_hears_when_all_have_answered_unless_the_date_is_chosen(poll, member):
    answer(poll, member, "yes", "yes")
    assert f"/datoer/{poll.pk}/" in mail("meetings.poll_answered").body

    actions.close_poll(poll=poll, by=None, now=NOW)

    assert mail("meetings.poll_answered") is None
