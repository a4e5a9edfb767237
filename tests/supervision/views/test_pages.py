from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.meetings import SupervisionGroupFactory
from tests.factories.supervision import WRITTEN_AT, CaseFactory, LearningFactory, NextStepFactory, day_from_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client, author):
    def open_as(name, *args, person=author):
        client.force_login(person)
        return client.get(reverse(f"supervision:{name}", args=args))

    return open_as


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def fill(day, author, count):
    """Bring the lists of a day up to ``count`` rows each, by as many people."""
    for number in range(count - day.cases.count()):
        case = CaseFactory(day=day, brought=True, title=f"Case {number}")
        LearningFactory(day=day, focus_person=case.author, approved_at=WRITTEN_AT)
        NextStepFactory(day=day, person=case.author)


@pytest.mark.parametrize("name", ["home", "group", "day", "case"])
def test_pages_ask_the_database_the_same_few_times(client, day, author, now, name):
    earlier = day_from_now(now, -30, group=day.group, number=1)
    client.force_login(author)
    counts = []
    for count in (1, 3, 30):
        fill(day, author, count)
        fill(earlier, author, count)
        args = {"home": [], "group": [day.group_id], "day": [day.pk], "case": [day.cases.first().pk]}[name]
        path = reverse(f"supervision:{name}", args=args)
        client.get(path)
        counts.append(queries_of(client, path))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 15


def test_supervisors_front_page_asks_the_same_few_times(client, day, now):
    supervisor = day.group.supervisor
    client.force_login(supervisor)
    counts = []
    for count in (1, 3, 30):
        for number in range(count - supervisor.supervised_groups.count()):
            group = SupervisionGroupFactory(cohort=day.group.cohort, supervisor=supervisor)
            CaseFactory(day=day_from_now(now, number + 1, group=group), brought=True)
        counts.append(queries_of(client, reverse("supervision:home")))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 15


def test_home_of_a_member_has_the_group_and_own_things(opened, day, author):
    case, step = CaseFactory(day=day, author=author), NextStepFactory(day=day, person=author)

    context = opened("home").context

    assert [(card.next_day, card.cases, card.steps) for card in context["as_member"]] == [(day, [case], [step])]
    assert context["as_supervisor"] == []


def test_home_of_a_supervisor_has_the_groups_and_their_queues(opened, day):
    CaseFactory.create_batch(2, day=day, brought=True)

    context = opened("home", person=day.group.supervisor).context

    assert context["as_member"] == []
    assert [(card.group, card.next_day.queue) for card in context["as_supervisor"]] == [(day.group, 2)]


def test_home_says_when_there_is_no_group_yet(opened, outsiders):
    response = opened("home", person=outsiders["cohort colleague without a group"])

    assert (response.context["as_member"], 'class="empty"' in response.content.decode()) == ([], True)


def test_home_shows_the_cases_under_their_own_group(opened, day, author):
    case = CaseFactory(day=day, author=author, title="Hun siger ja til alt")

    content = opened("home").content.decode()

    assert content.count(reverse("supervision:case", args=[case.pk])) == 1


def test_group_page_has_its_days_and_what_it_has_learned(opened, day, author):
    learning = LearningFactory(day=day, focus_person=author, approved_at=WRITTEN_AT)

    context = opened("group", day.group_id).context

    assert (context["card"].days, context["learnings"]) == ([day], [learning])


def test_day_parts_own_drafts_from_the_queue(opened, day, author):
    draft, brought = CaseFactory(day=day, author=author), CaseFactory(day=day, brought=True)

    context = opened("day", day.pk).context

    assert (context["drafts"], [signed.item for signed in context["queue"]]) == ([draft], [brought])


def test_day_asks_on_top_what_was_tried_since_last_time(opened, day, author, now):
    earlier = day_from_now(now, -30, group=day.group, number=1)
    step = NextStepFactory(day=earlier, person=author)

    response = opened("day", day.pk)

    assert [signed.item for signed in response.context["follow_up"]] == [step]
    content = response.content.decode()
    assert content.index('id="follow-up"') < content.index('id="queue"')


def test_day_ahead_has_no_next_steps_and_learnings_yet(opened, day):
    assert opened("day", day.pk).context["has_begun"] is False


def test_day_that_is_over_takes_no_more_cases(opened, day, author, now):
    over = day_from_now(now, -3, group=day.group, number=1)

    context = opened("day", over.pk).context

    flags = [context[name] for name in ("can_write", "is_over", "has_begun", "is_member")]
    assert flags == [False, True, True, True]


def test_supervisor_reads_the_day_and_writes_no_case(opened, day):
    context = opened("day", day.pk, person=day.group.supervisor).context

    assert (context["can_write"], context["is_member"]) == (False, False)


def test_day_says_when_its_cases_are_deleted(day):
    assert day.cases_deleted_at == day.meeting.ends_at + timedelta(days=14)


@pytest.mark.parametrize("name", ["home", "group", "day"])
def test_pages_have_one_heading(opened, day, name):
    args = {"home": [], "group": [day.group_id], "day": [day.pk]}[name]

    assert opened(name, *args).content.decode().count("<h1") == 1
