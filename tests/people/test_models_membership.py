from datetime import date, timedelta

import pytest

from lms.people.models import Membership, Role
from tests.factories.people import AgencyFactory, MembershipFactory, MunicipalityFactory, ProviderFactory, person_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_lasting_is_what_holds_or_is_to_come(days):
    row = MembershipFactory(end_date=TODAY + timedelta(days=days))
    coming = MembershipFactory(start_date=TODAY + timedelta(days=9))

    assert set(Membership.objects.lasting(TODAY)) == {coming} | ({row} if days >= 0 else set())


@pytest.mark.parametrize(
    ("role", "make"),
    [
        (Role.LOCAL_MANAGER, MunicipalityFactory),
        (Role.PROVIDER_COORDINATOR, ProviderFactory),
        (Role.PROGRAMME_MANAGER, AgencyFactory),
    ],
)
def test_a_manager_sees_the_own_organisation_and_no_other(role, make):
    organisation = make()
    manager = person_with(role, organisation)
    own = MembershipFactory(organisation=organisation, role=Role.MODERATOR, end_date=date(2020, 2, 1))
    MembershipFactory(organisation=make())

    assert set(Membership.objects.visible_to(manager)) == {own, manager.memberships.get()}


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {"local_manager", "provider_coordinator", "programme_manager", "administrator"})
)
def test_nobody_else_sees_who_belongs_where(role):
    assert list(Membership.objects.visible_to(person_with(role))) == []


def test_a_role_at_an_organisation_of_the_wrong_kind_opens_nothing():
    person = person_with(Role.LOCAL_MANAGER, ProviderFactory())

    assert list(Membership.objects.visible_to(person)) == []


def test_administrators_see_everybody():
    MembershipFactory()

    assert Membership.objects.visible_to(person_with(Role.ADMINISTRATOR)).count() == 2


def test_membership_is_named_by_person_and_role():
    row = MembershipFactory(person__name="Mette Lindholm")

    assert str(row) == f"Mette Lindholm, {row.get_role_display()}"
