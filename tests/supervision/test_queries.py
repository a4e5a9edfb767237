from datetime import timedelta

import pytest

from supervision import queries
from tests.factories.meetings import GroupMembershipFactory, member_of
from tests.factories.people import MunicipalityFactory
from tests.factories.supervision import WRITTEN_AT, CaseFactory, LearningFactory, NextStepFactory, day_from_now

pytestmark = pytest.mark.django_db


def test_groups_for_says_whether_one_is_a_member_or_the_supervisor(day, author, now):
    cards = {person: queries.groups_for(person, now) for person in (author, day.group.supervisor)}

    assert [(card.group, card.is_member) for card in cards[author]] == [(day.group, True)]
    assert [(card.group, card.is_member) for card in cards[day.group.supervisor]] == [(day.group, False)]


def test_groups_for_strangers_is_empty(day, outsiders, now):
    seen = {
        who for who, person in outsiders.items() for card in queries.groups_for(person, now) if card.group == day.group
    }

    assert seen == set()


def test_next_day_is_the_nearest_that_is_not_over(day, author, now):
    day_from_now(now, -30, group=day.group, number=1)
    day_from_now(now, 60, group=day.group, number=3)

    [card] = queries.groups_for(author, now)

    assert (card.next_day, len(card.days)) == (day, 3)


def test_next_day_knows_the_length_of_its_queue(day, author, now):
    CaseFactory.create_batch(3, day=day, brought=True)

    [card] = queries.groups_for(author, now)

    assert card.next_day.queue == 3


def test_group_has_its_present_members_with_municipality(day, author, now):
    municipality = MunicipalityFactory(name="Viborg", code="0791")
    colleague = member_of(day.group, municipality, name="Aase")
    left = member_of(day.group)
    left.enrolments.get().group_memberships.update(end_date=now.date() - timedelta(days=1))

    [card] = queries.groups_for(author, now)

    assert [who.pk for who in card.colleagues] == [colleague.pk, author.pk]
    assert (card.colleagues[0].municipality, card.colleagues[0].code) == ("Viborg", "0791")


def test_colleague_who_has_left_keeps_name_and_municipality(day, author, now):
    day.group.memberships.update(end_date=now.date() - timedelta(days=1))

    who = queries.colleagues_of(day.group)[author.pk]

    assert (who.name, who.is_present) == (author.name, False)


def test_colleague_who_came_back_is_present(day, author, now):
    yesterday = now.date() - timedelta(days=1)
    day.group.memberships.update(end_date=yesterday)
    GroupMembershipFactory(group=day.group, enrolment=author.enrolments.get(), start_date=now.date())

    assert queries.colleagues_of(day.group)[author.pk].is_present is True


def test_people_for_choice_are_present_and_named_with_municipality(day, author, now):
    left = member_of(day.group)
    left.enrolments.get().group_memberships.update(end_date=now.date() - timedelta(days=1))
    municipality = author.enrolments.get().municipality

    assert queries.people_for_choice(day.group) == [(author.pk, f"{author.name}, {municipality.name}")]


def test_queue_for_marks_what_is_ones_own(day, author):
    own = CaseFactory(day=day, author=author)
    other = CaseFactory(day=day, brought=True)

    queue = queries.queue_for(author, day, queries.colleagues_of(day.group))

    assert {signed.item: (signed.is_own, signed.who.pk) for signed in queue} == {
        own: (True, author.pk),
        other: (False, other.author_id),
    }


def test_own_cases_and_steps_are_ones_own_only(day, author):
    case, step = CaseFactory(day=day, author=author), NextStepFactory(day=day, person=author)
    CaseFactory(day=day, brought=True)
    NextStepFactory(day=day, person=day.group.supervisor)
    NextStepFactory(day=day, person=author, status="tried")

    assert (queries.own_cases_for(author), queries.own_steps_for(author)) == ([case], [step])


def test_learnings_of_the_group_are_the_approved_ones(day, author):
    approved = LearningFactory(day=day, focus_person=author, approved_at=WRITTEN_AT)
    LearningFactory(day=day, focus_person=author)

    assert queries.learnings_of_group_for(author, day.group) == [approved]


def test_lists_of_a_day_are_signed_by_their_people(day, author):
    LearningFactory(day=day, focus_person=author, approved_at=WRITTEN_AT)
    NextStepFactory(day=day, person=author)
    colleagues = queries.colleagues_of(day.group)

    signed = [
        *queries.learnings_of_day_for(author, day, colleagues),
        *queries.steps_of_day_for(author, day, colleagues),
    ]

    assert [(entry.who.name, entry.is_own) for entry in signed] == [(author.name, True)] * 2


def test_steps_to_follow_up_are_those_of_earlier_days(day, author, now):
    earlier = day_from_now(now, -30, group=day.group, number=1)
    step = NextStepFactory(day=earlier, person=author)
    NextStepFactory(day=day, person=author)

    signed = queries.steps_to_follow_up_for(author, day, queries.colleagues_of(day.group))

    assert [entry.item for entry in signed] == [step]
