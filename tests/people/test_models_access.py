"""What a person is right now, as every question about a right reads it."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.people.models import Access, Role, User, access_of
from lms.people.models.access import Held
from tests.factories.people import MembershipFactory, MunicipalityFactory, ProviderFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


def test_access_says_roles_and_where_they_are_held():
    viborg, fjordbro = MunicipalityFactory(name="Viborg", code="0791"), ProviderFactory(name="Fjordbro")
    person = person_with(Role.LOCAL_MANAGER, viborg)
    MembershipFactory(person=person, organisation=fjordbro, role=Role.EDITOR)

    access = access_of(person)

    assert access.held == (
        Held("local_manager", viborg.pk, "Viborg", "0791"),
        Held("editor", fjordbro.pk, "Fjordbro", ""),
    )
    assert (access.roles, access.has_any) == ({"local_manager", "editor"}, True)
    assert (access.has(Role.EDITOR, Role.MODERATOR), access.has(Role.MODERATOR)) == (True, False)
    assert access.organisations(Role.EDITOR, Role.LOCAL_MANAGER) == sorted([viborg.pk, fjordbro.pk])
    assert access.organisations(Role.SUPERVISOR) == []


def test_administrator_holds_the_role_at_no_organisation():
    access = access_of(person_with(Role.ADMINISTRATOR))

    assert (access.held, access.organisations(Role.ADMINISTRATOR)) == ((Held("administrator", None, "", ""),), [])


@pytest.mark.parametrize("ended", [date(2020, 2, 1), None])
def test_somebody_without_a_membership_of_today_has_nothing(ended):
    person = MembershipFactory(end_date=ended, start_date=date(2020, 1, 1) if ended else date(2099, 1, 1)).person

    assert access_of(person) == Access()


def test_nobody_signed_out_or_deactivated_has_anything():
    deactivated = person_with(Role.ADMINISTRATOR, is_active=False)

    assert (access_of(AnonymousUser()), access_of(deactivated)) == (Access(), Access())


def test_access_is_read_once_for_each_person_read_from_the_database(django_assert_num_queries):
    person = UserFactory()

    with django_assert_num_queries(1):
        access_of(person), access_of(person)
    with django_assert_num_queries(2):
        access_of(User.objects.get(pk=person.pk))
