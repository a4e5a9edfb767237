from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import DatePoll, DatePollAnswer
from lms.notifications.models import Notice
from lms.people.models import AuditEntry
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.factories.people import UserFactory
from tests.meetings.days import NOW, notices
from tests.meetings.polls import CLOSES, answer, ask, coordinator_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def group():
    return SupervisionGroupFactory()


def told(occasion):
    return list(Notice.objects.filter(occasion=occasion).values_list("recipient", flat=True))


def answers_of(person):
    rows = DatePollAnswer.objects.filter(person=person).order_by("option__starts_at")
    return list(rows.values_list("answer", flat=True))


def test_ask_dates_tells_the_members_and_nobody_else(group):
    members = [member_of(group), member_of(group)]
    member_of(SupervisionGroupFactory(cohort=group.cohort))

    poll = ask(group)

    assert poll.options.count() == 2
    assert sorted(told("meetings.poll_asked")) == sorted(person.pk for person in members)


def test_ask_dates_twice_is_one_poll_and_one_mail(group):
    member = member_of(group)

    assert ask(group) == ask(group)

    assert (DatePoll.objects.count(), len(notices(member))) == (1, 1)


def test_another_question_is_another_poll(group):
    assert len({ask(group), ask(group, title="En anden"), ask(group, options=3), ask(group, closes_at=NOW + DAY)}) == 4


def test_answer_poll_keeps_one_answer_for_each_date_and_lets_it_change(group):
    member, poll = member_of(group), ask(group)

    answer(poll, member, "yes", "no")
    answer(poll, member, "if_need_be", "no")

    assert answers_of(member) == ["if_need_be", "no"]


def test_answer_poll_after_the_closing_date_is_refused(group):
    member, poll = member_of(group), ask(group)

    with pytest.raises(actions.PollClosed):
        answer(poll, member, "yes", "yes", now=CLOSES)

    assert answers_of(member) == []


def test_answer_poll_is_for_members_alone(group):
    poll = ask(group)

    with pytest.raises(actions.NotInTheGroup):
        answer(poll, group.supervisor, "yes", "yes")


def test_answers_about_another_polls_dates_are_not_kept(group):
    member, poll, other = member_of(group), ask(group), ask(SupervisionGroupFactory())

    given = {option.pk: "yes" for option in other.options.all()}
    actions.answer_poll(poll=poll, person=member, answers=given, now=NOW)

    assert answers_of(member) == []


def test_the_last_answer_is_told_to_those_who_choose_once(group):
    first, second = member_of(group), member_of(group)
    coordinator = coordinator_of(group)
    poll = ask(group, by=coordinator)

    answer(poll, first, "yes", "yes")
    assert told("meetings.poll_answered") == []
    answer(poll, second, "yes", "no")
    answer(poll, second, "no", "no")

    assert sorted(told("meetings.poll_answered")) == sorted([group.supervisor_id, coordinator.pk])


def test_nudge_reaches_those_who_miss_once_a_day(group):
    ready, late = member_of(group), member_of(group)
    poll = ask(group)
    answer(poll, ready, "yes", "yes")

    assert [actions.nudge(poll=poll, by=None, now=NOW) for _press in range(2)] == [1, 1]
    assert told("meetings.poll_nudged") == [late.pk]
    actions.nudge(poll=poll, by=None, now=NOW + DAY)

    assert told("meetings.poll_nudged") == [late.pk, late.pk]


def test_nudge_is_refused_when_the_poll_is_closed(group):
    with pytest.raises(actions.PollClosed):
        actions.nudge(poll=ask(group), by=None, now=CLOSES)


@pytest.mark.parametrize(("before", "mails"), [(timedelta(hours=25), 0), (timedelta(hours=20), 1), (-DAY, 0)])
def test_the_day_before_closing_nudges_once(group, before, mails):
    late = member_of(group)
    ask(group)

    for _stroke in range(2):
        actions.nudge_before_closing(now=CLOSES - before)

    assert told("meetings.poll_nudged") == [late.pk] * mails


def test_the_day_before_closing_leaves_a_poll_alone_that_was_asked_that_day(group):
    member_of(group)
    ask(group, closes_at=NOW + timedelta(hours=20))

    actions.nudge_before_closing(now=NOW + timedelta(hours=1))

    assert told("meetings.poll_nudged") == []


def test_close_poll_ends_it_without_a_date_once(group):
    poll = ask(group)

    for _press in range(2):
        poll = actions.close_poll(poll=poll, by=None, now=NOW)

    assert (poll.chosen, poll.closed_at) == (None, NOW)
    assert AuditEntry.objects.filter(verb="close_poll").count() == 1


def settle(poll, number=0, **how):
    option = poll.options.all()[number]
    return actions.settle_poll(poll=poll, option=option, by=None, now=how.pop("now", NOW), **how)


def test_settle_poll_is_true_for_the_one_who_chose(group):
    member, poll = member_of(group), ask(group)
    answer(poll, member, "if_need_be", "no")

    assert [settle(poll), settle(poll)] == [True, False]
    with pytest.raises(actions.PollClosed):
        settle(poll, 1)


def test_settle_poll_wants_a_date_nobody_can_come_to_confirmed(group):
    member, poll = member_of(group), ask(group)
    answer(poll, member, "yes", "no")

    with pytest.raises(actions.NobodyCanCome):
        settle(poll, 1)

    assert settle(poll, 1, is_meant=True)


def test_a_yes_of_somebody_who_is_no_member_does_not_count(group):
    poll = ask(group)
    DatePollAnswer.objects.create(option=poll.options.first(), person=UserFactory(), answer="yes")

    with pytest.raises(actions.NobodyCanCome):
        settle(poll)


def test_settle_poll_refuses_a_date_that_is_past(group):
    with pytest.raises(actions.DateIsPast):
        settle(ask(group), is_meant=True, now=NOW + timedelta(days=30))
