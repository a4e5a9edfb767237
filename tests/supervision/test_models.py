from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lms.meetings.models import Meeting, SupervisionGroup
from supervision.models import (
    Case,
    CaseRound,
    CaseRoundRole,
    ContractConfirmation,
    GroupContract,
    Learning,
    NextStep,
    SupervisionDay,
)
from tests.factories.people import UserFactory
from tests.factories.supervision import WRITTEN_AT, CaseFactory, LearningFactory, NextStepFactory, SupervisionDayFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(day, author):
    """One row of every model, all of them brought, approved and told."""
    case = CaseFactory(day=day, author=author, brought=True)
    turn = CaseRound.objects.create(day=day, case=case)
    CaseRoundRole.objects.create(round=turn, person=author, role=CaseRoundRole.Role.FOCUS_PERSON)
    contract = GroupContract.objects.create(group=day.group, text="Det bliver her", written_at=WRITTEN_AT)
    membership = day.group.memberships.get(enrolment__person=author)
    ContractConfirmation.objects.create(contract=contract, membership=membership, confirmed_at=WRITTEN_AT)
    LearningFactory(day=day, focus_person=author, approved_at=WRITTEN_AT)
    NextStepFactory(day=day, person=author)


MODELS = [
    Case,
    CaseRound,
    CaseRoundRole,
    ContractConfirmation,
    GroupContract,
    Learning,
    NextStep,
    SupervisionDay,
]


@pytest.mark.parametrize("model", MODELS)
def test_rows_are_visible_to_present_members_and_the_supervisor(everything, insiders, model):
    assert [model.objects.visible_to(person).count() for person in insiders.values()] == [1, 1, 1]


@pytest.mark.parametrize("model", MODELS)
def test_rows_are_visible_to_nobody_else(everything, outsiders, model):
    assert {who for who, person in outsiders.items() if model.objects.visible_to(person).exists()} == set()


def test_draft_is_visible_to_its_author_alone(day, author, insiders):
    CaseFactory(day=day, author=author)

    seen = {who: Case.objects.visible_to(person).count() for who, person in insiders.items()}

    assert seen == {"author": 1, "group colleague": 0, "supervisor": 0}


def test_draft_is_hidden_from_an_author_who_has_left(day, author, now):
    CaseFactory(day=day, author=author)
    day.group.memberships.update(end_date=now.date() - timedelta(days=1))

    assert Case.objects.visible_to(author).count() == 0


def test_draft_of_one_group_stays_hidden_when_its_author_is_in_another(day, author):
    CaseFactory(day=day, author=author)
    other = SupervisionDayFactory()
    day.group.memberships.update(group=other.group)

    assert Case.objects.visible_to(author).count() == 0


def test_waiting_learning_is_visible_to_focus_person_and_whoever_noted_it(day, author, insiders):
    LearningFactory(day=day, focus_person=author, noted_by=day.group.supervisor)

    seen = {who: Learning.objects.visible_to(person).count() for who, person in insiders.items()}

    assert seen == {"author": 1, "group colleague": 0, "supervisor": 1}


def test_brought_case_without_focus_question_is_refused_by_the_database(day):
    with pytest.raises(IntegrityError, match="case_brought_has_focus_question"), transaction.atomic():
        CaseFactory(day=day, brought=True, focus_question="")


def test_two_cases_of_one_form_are_refused_by_the_database(day, author):
    case = CaseFactory(day=day, author=author)

    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(day=day, author=author, key=case.key)


def test_learning_twice_on_a_day_is_refused_by_the_database(day, author):
    learning = LearningFactory(day=day, focus_person=author)

    with pytest.raises(IntegrityError), transaction.atomic():
        LearningFactory(day=day, focus_person=author, text=learning.text)


def test_next_step_twice_on_a_day_is_refused_by_the_database(day, author):
    step = NextStepFactory(day=day, person=author)

    with pytest.raises(IntegrityError), transaction.atomic():
        NextStepFactory(day=day, person=author, text=step.text)


def test_day_number_twice_in_a_group_is_refused_by_the_database(day):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionDayFactory(group=day.group, number=day.number)


def test_day_is_open_until_it_ends(day):
    ends_at = day.meeting.ends_at

    assert [day.is_open(ends_at - timedelta(seconds=1)), day.is_open(ends_at)] == [True, False]


def test_cancelled_day_is_not_open_and_never_begins(day, now):
    day.meeting.state = Meeting.State.CANCELLED

    assert [day.is_open(now), day.has_begun(day.meeting.ends_at)] == [False, False]


def test_day_has_begun_from_its_first_minute(day):
    starts_at = day.meeting.starts_at

    assert [day.has_begun(starts_at - timedelta(seconds=1)), day.has_begun(starts_at)] == [False, True]


def test_days_are_written_for_by_members_and_not_by_the_supervisor(day, insiders):
    written_for = {who: SupervisionDay.objects.of_member(person).count() for who, person in insiders.items()}

    assert written_for == {"author": 1, "group colleague": 1, "supervisor": 0}


def test_queue_counts_brought_cases_only(day):
    CaseFactory(day=day)
    CaseFactory.create_batch(2, day=day, brought=True)

    assert SupervisionDay.objects.with_queue().get(pk=day.pk).queue == 2


def test_queue_is_in_the_order_the_cases_were_brought(day):
    late = CaseFactory(day=day, brought=True, brought_at=WRITTEN_AT + timedelta(hours=1))
    early = CaseFactory(day=day, brought=True, brought_at=WRITTEN_AT)
    first = CaseFactory(day=day, brought=True, brought_at=WRITTEN_AT + timedelta(hours=2), position=0)

    assert list(day.cases.brought()) == [early, late, first]


def test_follow_up_asks_about_last_time_and_what_is_still_open(now):
    group = SupervisionDayFactory(number=1).group
    days = [group.days.get(), *[SupervisionDayFactory(group=group, number=number) for number in (2, 3)]]
    person = UserFactory()
    long_open = NextStepFactory(day=days[0], person=person)
    NextStepFactory(day=days[0], person=person, status=NextStep.Status.TRIED)
    last_time = NextStepFactory(day=days[1], person=person, status=NextStep.Status.TRIED)
    NextStepFactory(day=days[2], person=person)

    assert set(NextStep.objects.to_follow_up_on(days[2])) == {long_open, last_time}


def test_names_of_rows_hold_no_text(day, author):
    case = CaseFactory(day=day, author=author)
    learning, step = LearningFactory(day=day), NextStepFactory(day=day)

    names = [str(case), str(learning), str(step)]

    assert names == [f"case {case.pk}", f"learning {learning.pk}", f"next step {step.pk}"]


def test_round_outlives_its_case(day):
    case = CaseFactory(day=day, brought=True)
    turn = CaseRound.objects.create(day=day, case=case)

    case.delete()

    assert CaseRound.objects.get(pk=turn.pk).case is None


def test_group_of_another_cohort_opens_nothing(day, author):
    assert list(SupervisionGroup.objects.open_to(author)) == [day.group]
