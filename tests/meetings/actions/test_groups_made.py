"""Groups as a coordinator makes and changes them: all of it or nothing."""

from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import GroupMembership, Invitee, SupervisionGroup
from lms.meetings.queries.groups import edition_of, places_in
from lms.people.models import AuditEntry, Role
from tests.factories.meetings import (
    CohortFactory,
    EnrolmentFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import person_with
from tests.meetings.days import NOW, invited_to, notices, schedule

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def supervisor_at(cohort, **fields):
    return person_with(Role.SUPERVISOR, cohort.course.provider, **fields)


def seat_of(person):
    return person.enrolments.get()


def create(cohort, *people, name="Vest 1", supervisor=None, by=None):
    about = {"supervisor": supervisor or supervisor_at(cohort), "members": [seat_of(person) for person in people]}
    return actions.create_group(cohort=cohort, name=name, by=by, now=NOW, on=TODAY, **about)


def change(group, *people, seen=None, by=None, **facts):
    group.refresh_from_db()
    about = {"name": group.name, "supervisor": group.supervisor, "members": [seat_of(person) for person in people]}
    seen = seen or edition_of(group, places_in(group))
    return actions.change_group(group=group, seen=seen, by=by, now=NOW, on=TODAY, **about | facts)


def members(group, on=TODAY):
    return {place.enrolment.person for place in GroupMembership.objects.current(on).filter(group=group)}


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def group(cohort):
    return SupervisionGroupFactory(cohort=cohort, name="Vest 1")


def test_a_group_is_made_with_supervisor_and_members_from_today(cohort):
    people, supervisor = [kursist_in(cohort) for _number in range(5)], supervisor_at(cohort)

    group = create(cohort, *people, name=" Vest\n1 ", supervisor=supervisor, by=supervisor)

    assert (group.cohort, group.name, group.supervisor) == (cohort, "Vest 1", supervisor)
    assert (members(group), members(group, TODAY - timedelta(days=1))) == (set(people), set())
    entry = AuditEntry.objects.get(verb="create_group")
    assert (entry.actor_id, entry.object_id, entry.moment) == (supervisor.pk, group.pk, NOW)


def test_a_group_may_be_made_before_anybody_sits_in_it(cohort):
    assert members(create(cohort)) == set()


def test_the_second_of_two_clicks_makes_no_second_group(cohort):
    person = kursist_in(cohort)
    create(cohort, person)

    with pytest.raises(actions.GroupNameTaken):
        create(cohort, person, name="Vest 1 ")

    assert (SupervisionGroup.objects.count(), GroupMembership.objects.count()) == (1, 1)


def test_another_cohort_may_use_the_name(cohort):
    create(cohort)

    assert create(CohortFactory(course=cohort.course)).name == "Vest 1"


def test_one_who_sits_elsewhere_leaves_no_half_made_group(cohort, group):
    free, placed = kursist_in(cohort), member_of(group)

    with pytest.raises(actions.InAnotherGroup):
        create(cohort, free, placed, name="Vest 2")

    assert (SupervisionGroup.objects.get(), GroupMembership.objects.count()) == (group, 1)


@pytest.mark.parametrize("state", ["withdrawn", "waiting", "offered", "applied"])
def test_only_those_with_a_seat_sit_in_a_group(cohort, state):
    person = EnrolmentFactory(cohort=cohort, state=state).person

    with pytest.raises(actions.NotEnrolled):
        create(cohort, person)

    assert not SupervisionGroup.objects.exists()


def test_a_seat_in_another_cohort_is_none_here(cohort):
    with pytest.raises(actions.NotEnrolled):
        create(cohort, kursist_in(CohortFactory()))


def test_a_cancelled_cohort_gets_no_groups_and_changes_none(cohort, group):
    actions.cancel_cohort(cohort=cohort, by=None, now=NOW, reason="For få.")

    with pytest.raises(actions.CohortIsCancelled):
        create(cohort, name="Vest 2")
    with pytest.raises(actions.CohortIsCancelled):
        change(group, name="Vest 3")

    assert SupervisionGroup.objects.get().name == "Vest 1"


def test_one_who_comes_in_gets_the_coming_days_and_not_those_that_were(group):
    schedule(group.cohort, group=group, days=-3)
    coming = schedule(group.cohort, group=group)
    stays, comes = member_of(group), kursist_in(group.cohort)

    change(group, stays, comes)

    assert (members(group), invited_to(comes), notices(stays)) == ({stays, comes}, [coming], [])


def test_one_who_is_taken_out_loses_the_group_today_and_the_coming_days(group):
    stays, goes = member_of(group), member_of(group)
    meeting = schedule(group.cohort, group=group)

    change(group, stays)

    assert members(group) == {stays}
    assert goes in members(group, TODAY - timedelta(days=1))
    assert (invited_to(goes), invited_to(stays)) == ([], [meeting])
    assert [occasion for occasion, *_more in notices(goes)] == ["meetings.invited", "meetings.uninvited"]


def test_one_may_be_taken_out_and_come_back_the_same_day(group):
    person = member_of(group)
    meeting = schedule(group.cohort, group=group)

    change(group)
    change(group, person)

    assert (members(group), invited_to(person)) == ({person}, [meeting])


def test_a_new_supervisor_sees_the_group_at_once_and_the_old_one_no_longer(group):
    old, new = group.supervisor, supervisor_at(group.cohort)

    change(group, supervisor=new)

    assert list(SupervisionGroup.objects.open_to(new)) == [group]
    assert list(SupervisionGroup.objects.open_to(old)) == []


def test_the_coming_days_go_from_one_supervisor_to_the_other(group):
    old, new, member = group.supervisor, supervisor_at(group.cohort), member_of(group)
    held = schedule(group.cohort, group=group, days=-3)
    coming = schedule(group.cohort, group=group)
    heard = notices(member)

    change(group, member, supervisor=new)

    assert (invited_to(old), invited_to(new)) == ([held], [coming])
    assert coming.invitees.get(person=new).role == Invitee.Role.TRAINER
    assert [occasion for occasion, *_more in notices(new)] == ["meetings.invited"]
    assert notices(old)[-1][0] == "meetings.uninvited"
    assert notices(member) == heard


def test_a_supervisor_who_comes_back_is_invited_anew(group):
    old, new = group.supervisor, supervisor_at(group.cohort)
    coming = schedule(group.cohort, group=group)

    change(group, supervisor=new)
    change(group, supervisor=old)

    assert (invited_to(old), invited_to(new)) == ([coming], [])
    numbers = [revision for _occasion, _object, revision in notices(old)]
    assert numbers == sorted(set(numbers))


def test_a_cancelled_day_is_handed_over_to_nobody(group):
    old, meeting = group.supervisor, schedule(group.cohort, group=group)
    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)

    change(group, supervisor=supervisor_at(group.cohort))

    assert meeting.invitees.get().person == old


def test_what_is_so_already_is_no_change_whatever_was_seen(group):
    person = member_of(group)

    change(group, person, seen="something old")

    assert not AuditEntry.objects.filter(verb="change_group").exists()


def test_a_change_on_top_of_another_is_refused_and_changes_nothing(group):
    stays, comes = member_of(group), kursist_in(group.cohort)
    seen = edition_of(group, places_in(group))
    change(group, stays, comes)

    with pytest.raises(actions.ChangedMeanwhile):
        change(group, stays, name="Vest 9", seen=seen)

    group.refresh_from_db()
    assert (group.name, members(group)) == ("Vest 1", {stays, comes})


def test_a_name_that_is_taken_leaves_the_group_as_it_was(group):
    SupervisionGroupFactory(cohort=group.cohort, name="Vest 2")
    goes = member_of(group)

    with pytest.raises(actions.GroupNameTaken):
        change(group, name="Vest 2")

    assert members(group) == {goes}


def test_one_who_got_a_place_elsewhere_meanwhile_changes_nothing(group):
    goes, placed = member_of(group), member_of(SupervisionGroupFactory(cohort=group.cohort))

    with pytest.raises(actions.InAnotherGroup):
        change(group, placed)

    assert members(group) == {goes}


def test_changing_a_group_is_kept_in_the_audit_log(group):
    by = supervisor_at(group.cohort)

    change(group, name="Vest 4", by=by)

    entry = AuditEntry.objects.get(verb="change_group")
    assert (entry.actor_id, entry.object_id, entry.moment) == (by.pk, group.pk, NOW)
