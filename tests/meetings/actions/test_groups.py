from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import GroupMembership, SupervisionGroup
from tests.factories.meetings import SupervisionGroupFactory, kursist_in, member_of
from tests.meetings.days import NOW, invited_to, notices, schedule

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def join(group, person, on=TODAY):
    return actions.join_group(group=group, enrolment=person.enrolments.get(), by=None, now=NOW, on=on)


def test_join_group_opens_the_group_and_invites_to_its_coming_days():
    group = SupervisionGroupFactory()
    schedule(group.cohort, group=group, days=-3)
    coming = schedule(group.cohort, group=group)
    person = kursist_in(group.cohort)

    place = join(group, person)

    assert (place.start_date, place.end_date) == (TODAY, None)
    assert list(SupervisionGroup.objects.with_member(person, TODAY)) == [group]
    assert invited_to(person) == [coming]


def test_join_group_twice_is_one_place_and_one_invitation():
    group = SupervisionGroupFactory()
    schedule(group.cohort, group=group)
    person = kursist_in(group.cohort)

    assert join(group, person) == join(group, person)

    assert len(notices(person)) == 1


def test_join_group_is_refused_while_another_one_holds():
    group = SupervisionGroupFactory()
    person = member_of(group)

    with pytest.raises(actions.InAnotherGroup):
        join(SupervisionGroupFactory(cohort=group.cohort), person)


def test_leave_group_ends_access_that_day_and_clears_the_calendar():
    group = SupervisionGroupFactory()
    person = member_of(group)
    meeting = schedule(group.cohort, group=group)

    actions.leave_group(membership=GroupMembership.objects.get(), by=None, now=NOW, on=TODAY)

    assert not SupervisionGroup.objects.with_member(person, TODAY).exists()
    assert invited_to(person) == []
    assert notices(person)[1:] == [("meetings.uninvited", meeting.pk, 1)]


def test_leave_group_leaves_the_cohorts_days_alone():
    group = SupervisionGroupFactory()
    person = member_of(group)
    teaching = schedule(group.cohort)

    actions.leave_group(membership=GroupMembership.objects.get(), by=None, now=NOW, on=TODAY)

    assert invited_to(person) == [teaching]


def test_leave_group_that_has_invited_nobody_tells_nobody():
    group = SupervisionGroupFactory()
    meeting = schedule(group.cohort, group=group)
    person = member_of(group)

    actions.leave_group(membership=GroupMembership.objects.get(), by=None, now=NOW, on=TODAY)

    meeting.refresh_from_db()
    assert (meeting.highest_sequence, notices(person)) == (0, [])


def test_changing_groups_on_one_day_moves_the_calendar_too():
    old = SupervisionGroupFactory()
    new = SupervisionGroupFactory(cohort=old.cohort)
    person = member_of(old)
    schedule(old.cohort, group=old)
    theirs = schedule(old.cohort, group=new, days=5)

    actions.leave_group(membership=GroupMembership.objects.get(), by=None, now=NOW, on=TODAY)
    join(new, person)

    assert list(SupervisionGroup.objects.with_member(person, TODAY)) == [new]
    assert invited_to(person) == [theirs]


def test_joining_again_on_the_same_day_is_the_same_day():
    group = SupervisionGroupFactory()
    person = kursist_in(group.cohort)
    place = join(group, person, on=TODAY - timedelta(days=7))
    actions.leave_group(membership=place, by=None, now=NOW, on=TODAY)

    join(group, person)
    actions.leave_group(membership=person.enrolments.get().group_memberships.last(), by=None, now=NOW, on=TODAY)
    join(group, person)

    assert GroupMembership.objects.filter(end_date=None).count() == 1
