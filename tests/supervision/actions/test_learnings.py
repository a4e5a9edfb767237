from datetime import date

import pytest

from lms.people.models import AuditEntry
from supervision import actions
from supervision.models import Learning, NextStep
from tests.factories.supervision import LearningFactory, NextStepFactory

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_note_learning_of_ones_own_is_approved_at_once(day, author, now):
    learning = actions.note_learning(day=day, focus_person=author, text="Et ja", by=author, now=now)

    assert (learning.approved_at, learning.noted_by) == (now, author)
    assert verbs() == ["note_learning", "approve_learning"]


def test_note_learning_by_the_supervisor_waits_for_the_focus_person(day, author, now):
    learning = actions.note_learning(day=day, focus_person=author, text="Et ja", by=day.group.supervisor, now=now)

    assert (learning.is_approved, learning.focus_person, verbs()) == (False, author, ["note_learning"])


def test_note_learning_twice_notes_it_once(day, author, now):
    for _ in range(2):
        actions.note_learning(day=day, focus_person=author, text="Et ja", by=author, now=now)

    assert (Learning.objects.count(), verbs()) == (1, ["note_learning", "approve_learning"])


def test_approve_learning_lets_the_group_keep_it(day, author, insiders, now):
    learning = LearningFactory(day=day, focus_person=author)

    actions.approve_learning(learning=learning, by=author, now=now)

    assert [Learning.objects.visible_to(person).count() for person in insiders.values()] == [1, 1, 1]


def test_approve_learning_twice_keeps_the_first_moment(day, author, now):
    learning = LearningFactory(day=day, focus_person=author)

    actions.approve_learning(learning=learning, by=author, now=now)
    actions.approve_learning(learning=learning, by=author, now=day.meeting.ends_at)

    assert (Learning.objects.get().approved_at, verbs()) == (now, ["approve_learning"])


def test_add_next_step_is_the_persons_own(day, author, now):
    due_date = date(2026, 12, 1)

    step = actions.add_next_step(day=day, text="Spørge", due_date=due_date, by=author, now=now)

    assert (step.person, step.due_date, step.status) == (author, due_date, NextStep.Status.PLANNED)


def test_add_next_step_twice_adds_it_once(day, author, now):
    for _ in range(2):
        actions.add_next_step(day=day, text="Spørge", by=author, now=now)

    assert (NextStep.objects.count(), verbs()) == (1, ["add_next_step"])


def test_tell_next_step_keeps_what_came_of_it(day, author, now):
    step = NextStepFactory(day=day, person=author)

    actions.tell_next_step(step=step, status=NextStep.Status.TRIED, follow_up="Det gik godt", by=author, now=now)

    stored = NextStep.objects.get()
    assert (stored.status, stored.follow_up, stored.is_planned, verbs()) == (
        "tried",
        "Det gik godt",
        False,
        ["tell_next_step"],
    )
