import pytest

from supervision import rules
from tests.factories.supervision import WRITTEN_AT, CaseFactory, LearningFactory, NextStepFactory

pytestmark = pytest.mark.django_db


def allowed(people, rule, thing):
    return {who for who, person in people.items() if rule(person, thing)}


def test_case_is_changed_by_its_author_alone(day, author, insiders, outsiders):
    case = CaseFactory(day=day, author=author, brought=True)

    assert allowed(insiders | outsiders, rules.can_change_case, case) == {"author"}


def test_learning_is_approved_by_its_focus_person_alone(day, author, insiders, outsiders):
    learning = LearningFactory(day=day, focus_person=author, noted_by=day.group.supervisor)

    assert allowed(insiders | outsiders, rules.can_approve_learning, learning) == {"author"}


def test_learning_is_approved_once(day, author):
    learning = LearningFactory(day=day, focus_person=author, approved_at=WRITTEN_AT)

    assert rules.can_approve_learning(author, learning) is False


def test_next_step_is_told_by_whose_it_is(day, author, insiders, outsiders):
    step = NextStepFactory(day=day, person=author)

    assert allowed(insiders | outsiders, rules.can_tell_next_step, step) == {"author"}


def test_cases_are_written_by_present_members(day, insiders, outsiders):
    assert allowed(insiders | outsiders, rules.can_write_for, day) == {"author", "group colleague"}
