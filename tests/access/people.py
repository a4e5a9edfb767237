"""Who asks: each role once, signed out, somebody whose job ended yesterday, and the colleague without a seat."""

from dataclasses import dataclass
from datetime import timedelta

from lms.people.models import MunicipalityRegion, Organisation, Role, User
from tests.factories.meetings import GroupMembershipFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.factories.people import (
    LONG_AGO,
    AgencyFactory,
    MunicipalityFactory,
    ProviderFactory,
    RegionFactory,
    person_with,
)

ANONYMOUS, FORMER, COLLEAGUE = "anonymous", "former", "colleague"
ROLES = (ANONYMOUS, *(role.value for role in Role), FORMER, COLLEAGUE)
PROVIDERS_OWN = (Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR, Role.EDITOR)


@dataclass
class Places:
    """The organisations everybody belongs to, and those of the others."""

    municipality: Organisation
    provider: Organisation
    other_provider: Organisation
    region: Organisation
    agency: Organisation


def make_places() -> Places:
    places = Places(
        MunicipalityFactory(name="Egen Kommune"),
        ProviderFactory(name="Egen Leverandør"),
        ProviderFactory(name="Anden Leverandør"),
        RegionFactory(name="Egen Region"),
        AgencyFactory(name="Styrelsen"),
    )
    MunicipalityRegion.objects.create(municipality=places.municipality, region=places.region, start_date=LONG_AGO)
    return places


def make_people(places: Places, group) -> dict[str, User]:
    """By role. The supervisor is the own group's; the job consultant and the former one sit in it."""
    people = {
        Role.JOB_CONSULTANT: member_of(group, places.municipality),
        Role.SUPERVISOR: group.supervisor,
        FORMER: member_of(group, places.municipality),
        COLLEAGUE: person_with(Role.JOB_CONSULTANT, places.municipality),
    }
    homes = {
        Role.LOCAL_MANAGER: places.municipality,
        **dict.fromkeys(PROVIDERS_OWN, places.provider),
        **dict.fromkeys((Role.IPS_AMBASSADOR, Role.PSYCHIATRY_PARTNER), places.region),
        **dict.fromkeys((Role.PROGRAMME_MANAGER, Role.MODERATOR), places.agency),
        Role.ADMINISTRATOR: None,
    }
    for role, home in homes.items():
        people.setdefault(role, person_with(role, home))
    return {str(role): person for role, person in people.items()}


def end_job(person: User, today) -> None:
    """The membership ends; the seat and the place in the group are still in the database."""
    person.memberships.update(end_date=today - timedelta(days=1))


def make_group(cohort, places: Places, *, provider=None, name: str):
    supervisor = person_with(Role.SUPERVISOR, provider or places.provider)
    return SupervisionGroupFactory(cohort=cohort, name=name, supervisor=supervisor)


def join(group, name: str, **fields) -> User:
    """A member from a municipality nobody else is from."""
    person = kursist_in(group.cohort, name=name, **fields)
    GroupMembershipFactory(group=group, enrolment=person.enrolments.get())
    return person
