from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.forum import rules
from lms.people.models import Role
from tests.factories.forum import DiscussionFactory, PostFactory, consultant_in, home_of
from tests.factories.people import AgencyFactory, MembershipFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
WRITERS = [role for role in Role if role not in {Role.PSYCHIATRY_PARTNER, Role.ADMINISTRATOR}]


@pytest.mark.parametrize("role", WRITERS)
def test_everybody_with_a_place_in_the_community_writes_from_there(role):
    person = person_with(role)

    assert (rules.can_read(person), rules.can_write(person), rules.writes_for(person)) == (
        True,
        True,
        home_of(person).pk,
    )


def test_an_administrator_reads_and_writes_nothing():
    person = person_with(Role.ADMINISTRATOR)

    assert (rules.can_read(person), rules.can_write(person)) == (True, False)


@pytest.mark.parametrize("make", [AnonymousUser, UserFactory, lambda: person_with(Role.PSYCHIATRY_PARTNER)])
def test_others_do_not_even_read(make):
    person = make()

    assert (rules.can_read(person), rules.can_write(person), rules.can_moderate(person)) == (False, False, False)


def test_an_ended_membership_ends_reading():
    person = UserFactory()
    MembershipFactory(person=person, end_date=date(2021, 1, 1))

    assert rules.can_read(person) is False


def test_who_also_has_another_job_writes_from_the_municipality():
    person = person_with(Role.MODERATOR, AgencyFactory())
    municipality = MembershipFactory(person=person, role=Role.LOCAL_MANAGER).organisation

    assert rules.writes_for(person) == municipality.pk


@pytest.mark.parametrize("factory", [DiscussionFactory, PostFactory])
def test_only_the_author_changes_a_text(factory):
    municipality = MunicipalityFactory()
    author, colleague, stranger = consultant_in(municipality), consultant_in(municipality), consultant_in()
    thing = factory(author=author, organisation=municipality)

    people = (author, colleague, stranger, person_with(Role.MODERATOR))
    assert [rules.can_edit(person, thing) for person in people] == [True, False, False, False]


def test_a_hidden_text_is_not_changed():
    author = consultant_in()

    assert rules.can_edit(author, PostFactory(author=author, is_hidden=True)) is False


def test_an_author_who_has_left_changes_nothing():
    author = UserFactory()

    assert rules.can_edit(author, DiscussionFactory(author=author)) is False


def test_another_municipality_can_try_a_practice():
    municipality = MunicipalityFactory()
    author, colleague, stranger = consultant_in(municipality), consultant_in(municipality), consultant_in()
    practice = DiscussionFactory(kind="practice", author=author, organisation=municipality)

    people = (author, colleague, stranger, person_with(Role.LOCAL_MANAGER), person_with(Role.INSTRUCTOR))
    assert [rules.can_try(person, practice) for person in people] == [False, False, True, True, False]


@pytest.mark.parametrize(
    "kind, can_be_tried",
    [("practice", True), ("success", True), ("tool", True), ("question", False), ("challenge", False)],
)
def test_what_can_be_tried(kind, can_be_tried):
    assert rules.can_try(consultant_in(), DiscussionFactory(kind=kind)) is can_be_tried


def test_a_draft_cannot_be_tried():
    assert rules.can_try(consultant_in(), DiscussionFactory(kind="practice", is_draft=True)) is False


def test_only_moderators_moderate():
    people = [person_with(role) for role in Role]

    assert [person.memberships.get().role for person in people if rules.can_moderate(person)] == [Role.MODERATOR]
