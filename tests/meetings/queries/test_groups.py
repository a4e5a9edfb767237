import pytest
from django.utils import timezone

from lms.meetings.queries import groups as queries
from lms.people.models import Membership, Role
from tests.factories.meetings import (
    CohortFactory,
    EnrolmentFactory,
    GroupMembershipFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import LONG_AGO, MembershipFactory, MunicipalityFactory, person_with

pytestmark = pytest.mark.django_db


def test_supervisors_are_the_providers_own_of_today():
    provider = CohortFactory().course.provider
    own = person_with(Role.SUPERVISOR, provider, name="Inger Sand")
    person_with(Role.INSTRUCTOR, provider)
    person_with(Role.SUPERVISOR)
    person_with(Role.SUPERVISOR, provider, is_active=False)
    former = person_with(Role.SUPERVISOR, provider)
    former.memberships.update(end_date=LONG_AGO)

    assert queries.supervisors_of(provider) == [own]


def test_who_has_no_group_is_enrolled_and_without_an_open_place():
    group = SupervisionGroupFactory()
    member_of(group)
    free = kursist_in(group.cohort, name="Asta").enrolments.get()
    left = GroupMembershipFactory(group=group, end_date=LONG_AGO).enrolment
    left.person.name = "Bente"
    left.person.save()
    EnrolmentFactory(cohort=group.cohort, state="waiting")
    kursist_in(CohortFactory())

    assert queries.without_group(group.cohort) == [free, left]


def test_places_are_those_nobody_has_ended():
    group = SupervisionGroupFactory()
    place = member_of(group).enrolments.get().group_memberships.get()
    GroupMembershipFactory(group=group, end_date=LONG_AGO)
    member_of(SupervisionGroupFactory(cohort=group.cohort))

    assert queries.places_in(group) == [place]


def test_the_edition_changes_with_name_supervisor_and_members_and_with_nothing_else():
    group = SupervisionGroupFactory(name="Vest 1")
    member_of(group)
    places = queries.places_in(group)
    editions = [queries.edition_of(group, places), queries.edition_of(group, places)]
    editions.append(queries.edition_of(group, []))
    group.name = "Vest 2"
    editions.append(queries.edition_of(group, places))
    group.supervisor = person_with(Role.SUPERVISOR)
    editions.append(queries.edition_of(group, places))

    assert editions[0] == editions[1]
    assert len(set(editions)) == 4


def test_a_local_manager_who_sits_with_own_people_is_a_hint_as_long_as_the_role_lasts():
    group, viborg = SupervisionGroupFactory(), MunicipalityFactory(name="Viborg")
    manager = member_of(group, name="Dorthe")
    MembershipFactory(person=manager, organisation=viborg, role=Role.LOCAL_MANAGER)
    member_of(group, viborg, name="Mette")
    for _number in range(3):
        member_of(group)

    [hint] = queries.hints_for_group(queries.places_in(group))
    assert ("Dorthe" in hint, "Mette" in hint) == (True, True)

    Membership.objects.filter(role=Role.LOCAL_MANAGER).update(
        end_date=timezone.localdate() - timezone.timedelta(days=1)
    )
    assert queries.hints_for_group(queries.places_in(group)) == []
