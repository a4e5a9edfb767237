from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser

from lms.people.models import Role
from lms.people.rules import (
    belongs_to,
    can_give,
    can_manage_members,
    can_move,
    can_set_up_work_accounts,
    can_sign_in,
    has_come_in,
    must_use_work_account,
    roles_to_give,
    signed_in_with_strong_factor,
    work_session_holds,
)
from tests.factories.people import (
    AgencyFactory,
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    ProviderFactory,
    RegionFactory,
    UserFactory,
    WorkAccountFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
MOMENT = "2026-11-03T09:00:00Z"


def test_can_sign_in_without_ever_having_been_invited():
    assert can_sign_in(UserFactory()) is True


@pytest.mark.parametrize("fields", [{}, {"cancelled_at": MOMENT}])
def test_cannot_sign_in_before_accepting(fields):
    assert can_sign_in(InvitationFactory(**fields).person) is False


def test_can_sign_in_after_accepting_also_when_invited_again():
    accepted = InvitationFactory(accepted_at=MOMENT)
    InvitationFactory(person=accepted.person)

    assert can_sign_in(accepted.person) is True


@pytest.mark.parametrize(
    ("password", "accepted", "expected"), [("x", None, True), (None, MOMENT, True), (None, None, False)]
)
def test_has_come_in_with_a_password_or_by_accepting(password, accepted, expected):
    person = UserFactory(password=password)
    InvitationFactory(person=person, accepted_at=accepted)

    assert has_come_in(person) is expected


FACTORIES = {
    "municipality": MunicipalityFactory,
    "provider": ProviderFactory,
    "region": RegionFactory,
    "agency": AgencyFactory,
}
# Who gives what at an organisation of each kind. Nobody else gives anything anywhere.
GIVERS = {
    "municipality": {Role.LOCAL_MANAGER: ["job_consultant", "local_manager"]},
    "provider": {Role.PROVIDER_COORDINATOR: ["instructor", "supervisor", "provider_coordinator", "editor"]},
    "region": {},
    "agency": {Role.PROGRAMME_MANAGER: ["programme_manager", "moderator"]},
}


@pytest.mark.parametrize("kind", GIVERS)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_a_manager_gives_the_roles_of_the_own_organisation(kind, role):
    organisation = FACTORIES[kind]()

    assert roles_to_give(person_with(role, organisation), organisation) == GIVERS[kind].get(role, [])


@pytest.mark.parametrize("kind", [*FACTORIES, None])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_gives_a_role_elsewhere_or_makes_an_administrator(kind, role):
    organisation = FACTORIES[kind]() if kind else None

    assert roles_to_give(person_with(role), organisation) == []


def test_an_ended_manager_gives_nothing():
    viborg = MunicipalityFactory()
    person = MembershipFactory(organisation=viborg, role=Role.LOCAL_MANAGER, end_date=date(2020, 2, 1)).person

    assert (roles_to_give(person, viborg), can_manage_members(person, viborg)) == ([], False)


def test_administrators_give_every_role_where_it_belongs():
    administrator = person_with(Role.ADMINISTRATOR)

    given = {kind: roles_to_give(administrator, make()) for kind, make in FACTORIES.items()}

    assert given == {
        "municipality": ["job_consultant", "local_manager"],
        "provider": ["instructor", "supervisor", "provider_coordinator", "editor", "moderator"],
        "region": ["ips_ambassador", "psychiatry_partner"],
        "agency": ["programme_manager", "moderator"],
    }
    assert roles_to_give(administrator, None) == ["administrator"]


def test_nobody_gives_a_role_to_themselves():
    fjordbro = ProviderFactory()
    line = person_with(Role.PROVIDER_COORDINATOR, fjordbro, email="line@fjordbro.example")

    asked = {
        email: can_give(line, Role.SUPERVISOR, organisation=fjordbro, to_email=email)
        for email in ("line@fjordbro.example", " LINE@fjordbro.example ", "thomas@fjordbro.example")
    }

    assert list(asked.values()) == [False, False, True]


@pytest.mark.parametrize("role", Role)
def test_administrators_alone_move_jobs_of_others(role):
    by = person_with(role)
    job, own_place = MembershipFactory(), MembershipFactory(organisation=None, role=Role.ADMINISTRATOR)

    moves = [can_move(by, one) for one in (job, own_place, by.memberships.get())]

    assert moves == [role == Role.ADMINISTRATOR, False, False]


@pytest.mark.parametrize("role", Role)
def test_administrators_alone_set_up_work_accounts(role):
    assert can_set_up_work_accounts(person_with(role)) is (role == Role.ADMINISTRATOR)


def test_somebody_signed_out_gives_nothing():
    assert roles_to_give(AnonymousUser(), MunicipalityFactory()) == []


@pytest.mark.parametrize(
    ("end_date", "expected"), [(None, True), (date(2026, 11, 3), True), (date(2026, 11, 2), False)]
)
def test_belongs_to_until_the_last_day(end_date, expected):
    held = MembershipFactory(end_date=end_date)

    assert belongs_to(held.person, held.organisation, date(2026, 11, 3)) is expected


NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def account():
    account = WorkAccountFactory(is_active=True, is_required=True, tested_at=NOW)
    account.domains.create(name="viborg.dk")
    return account


@pytest.mark.parametrize(
    ("email", "ended", "expected"),
    [("m@viborg.dk", None, True), ("m@gmail.com", None, False), ("m@viborg.dk", date(2020, 2, 1), False)],
)
def test_work_account_is_the_only_way_in_for_its_own_people(account, email, ended, expected):
    person = MembershipFactory(organisation=account.organisation, person__email=email, end_date=ended).person

    assert must_use_work_account(person) is expected


@pytest.mark.parametrize(
    ("until", "is_active", "is_linked", "expected"),
    [(1, True, True, True), (-1, True, True, False), (1, False, True, False), (1, True, False, False)],
)
def test_session_from_work_holds_while_day_account_and_link_do(account, until, is_active, is_linked, expected):
    account.is_active = is_active
    account.save()
    person = UserFactory()
    if is_linked:
        SocialAccount.objects.create(user=person, provider=account.key, uid="m")

    begun = {"account": account.key, "until": NOW.timestamp() + until}
    assert work_session_holds(begun, person, NOW) is expected


@pytest.mark.parametrize(("session", "expected"), [({}, False), ({"work_account": {"is_strong": True}}, True)])
def test_strong_sign_in_at_work_is_what_the_session_says(session, expected):
    assert signed_in_with_strong_factor(SimpleNamespace(session=session)) is expected
