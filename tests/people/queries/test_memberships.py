from datetime import UTC, date, datetime, timedelta

import pytest

from lms.people.models import Role
from lms.people.queries import (
    leaves_nobody_in_charge,
    member_for,
    members_of,
    organisations_to_manage,
    other_places_of,
)
from tests.factories.people import (
    AgencyFactory,
    MembershipFactory,
    MunicipalityFactory,
    ProviderFactory,
    RegionFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)
ADDED = datetime(2026, 11, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_members_are_of_today_to_come_or_gone():
    viborg = MunicipalityFactory()
    dates = {
        "current": {},
        "last day": {"end_date": TODAY},
        "coming": {"start_date": TODAY + timedelta(days=1)},
        "ended": {"end_date": TODAY - timedelta(days=1)},
    }
    for name, fields in dates.items():
        MembershipFactory(organisation=viborg, person__name=name, **fields)
    MembershipFactory(person__name="elsewhere")

    members = members_of(viborg, TODAY)

    names = [[line.name for line in lines] for lines in (members.current, members.coming, members.ended)]
    assert names == [["current", "last day"], ["coming"], ["ended"]]


def test_members_of_no_organisation_are_administrators():
    person_with(Role.ADMINISTRATOR, name="Rikke")
    MembershipFactory()

    assert [line.name for line in members_of(None, TODAY).current] == ["Rikke"]


@pytest.mark.parametrize(
    ("added_at", "last_login", "shown"),
    [
        (None, None, "Mette"),
        (ADDED, None, "mette@viborg.example"),
        (ADDED, ADDED - HOUR, "mette@viborg.example"),
        (ADDED, ADDED + HOUR, "Mette"),
    ],
    ids=["of old", "never signed in", "signed in before", "signed in since"],
)
def test_a_name_is_shown_when_the_person_has_been_here_since(added_at, last_login, shown):
    """Control: an account with a name of its own looks like the one an address has just been given."""
    person = UserFactory(name="Mette", email="mette@viborg.example", last_login=last_login)
    row = MembershipFactory(person=person, added_at=added_at)

    listed = [line.name for line in members_of(row.organisation, TODAY).current]

    assert (listed, member_for(row).name) == ([shown], shown)


def test_a_colleague_with_one_more_role_keeps_their_name():
    old = MembershipFactory(person__name="Mette")
    new = MembershipFactory(person=old.person, organisation=old.organisation, role=Role.LOCAL_MANAGER, added_at=ADDED)

    assert [line.name for line in members_of(old.organisation, TODAY).current] == ["Mette", "Mette"]
    assert (member_for(new).name, other_places_of(new, TODAY)) == ("Mette", [old])


def test_what_somebody_is_elsewhere_is_not_told():
    row = MembershipFactory()
    MembershipFactory(person=row.person)

    assert other_places_of(row, TODAY) == []


def test_administrators_find_every_organisation_with_its_people_counted_once():
    viborg = MunicipalityFactory(name="Viborg")
    line = MembershipFactory(organisation=viborg).person
    MembershipFactory(organisation=viborg, person=line, role=Role.LOCAL_MANAGER)
    MembershipFactory(organisation=viborg, end_date=date(2020, 2, 1))
    ProviderFactory(name="Fjordbro")

    found = organisations_to_manage(person_with(Role.ADMINISTRATOR), TODAY)

    assert [(row.name, row.people_count) for row in found] == [("Viborg", 1), ("Fjordbro", 0)]


def test_administrators_search_by_a_part_of_the_name():
    MunicipalityFactory(name="Viborg"), MunicipalityFactory(name="Randers")

    found = organisations_to_manage(person_with(Role.ADMINISTRATOR), TODAY, "vib")

    assert [row.name for row in found] == ["Viborg"]


def test_a_manager_finds_the_own_organisation_alone():
    viborg = MunicipalityFactory()
    ProviderFactory()

    assert list(organisations_to_manage(person_with(Role.LOCAL_MANAGER, viborg), TODAY)) == [viborg]
    assert list(organisations_to_manage(person_with(Role.JOB_CONSULTANT, viborg), TODAY)) == []


@pytest.mark.parametrize(
    ("role", "make", "expected"),
    [
        (Role.LOCAL_MANAGER, MunicipalityFactory, True),
        (Role.JOB_CONSULTANT, MunicipalityFactory, False),
        (Role.PROVIDER_COORDINATOR, ProviderFactory, True),
        (Role.EDITOR, ProviderFactory, False),
        (Role.PROGRAMME_MANAGER, AgencyFactory, True),
        (Role.MODERATOR, AgencyFactory, False),
        (Role.IPS_AMBASSADOR, RegionFactory, False),
        (Role.ADMINISTRATOR, None, True),
    ],
)
def test_the_last_in_charge_leaves_nobody(role, make, expected):
    row = MembershipFactory(role=role, organisation=make() if make else None)

    assert leaves_nobody_in_charge(row, TODAY) is expected


def test_one_of_two_managers_leaves_somebody():
    row = MembershipFactory(role=Role.LOCAL_MANAGER)
    MembershipFactory(role=Role.LOCAL_MANAGER, organisation=row.organisation)

    assert leaves_nobody_in_charge(row, TODAY) is False
