from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from lms.people.models import Invitation, Membership, Organisation, Role, User, WorkAccount
from lms.people.models.invitation import LIFETIME

PASSWORD = "en lang adgangskode 42"
LONG_AGO = date(2020, 1, 1)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = Organisation.Kind.PROVIDER
    name = factory.Sequence("Organisation {}".format)


class MunicipalityFactory(OrganisationFactory):
    kind = Organisation.Kind.MUNICIPALITY
    name = factory.Sequence("Kommune {}".format)
    code = factory.Sequence(lambda n: f"{1000 + n % 9000:04d}")


class ProviderFactory(OrganisationFactory):
    name = factory.Sequence("Leverandør {}".format)


class AgencyFactory(OrganisationFactory):
    kind = Organisation.Kind.AGENCY
    name = factory.Sequence("Styrelse {}".format)


class RegionFactory(OrganisationFactory):
    kind = Organisation.Kind.REGION
    name = factory.Sequence("Region {}".format)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@example.org".format)
    password = factory.django.Password(PASSWORD)
    # Has read what we keep; whoever has not meets that page before any other.
    informed_edition = 1


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(MunicipalityFactory)
    role = Role.JOB_CONSULTANT
    start_date = LONG_AGO


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(MunicipalityFactory)
    email = factory.LazyAttribute(lambda invitation: invitation.person.email)
    created_at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    expires_at = factory.LazyAttribute(lambda invitation: invitation.created_at + LIFETIME)


class WorkAccountFactory(DjangoModelFactory):
    class Meta:
        model = WorkAccount

    organisation = factory.SubFactory(MunicipalityFactory)
    shape = WorkAccount.Shape.OIDC
    created_at = changed_at = datetime(2026, 11, 1, 9, tzinfo=UTC)


def person_with(role, organisation=None, **fields):
    """A person who holds ``role`` at ``organisation`` (a new one of the fitting kind, without it)."""
    fitting = {
        Role.JOB_CONSULTANT: MunicipalityFactory,
        Role.LOCAL_MANAGER: MunicipalityFactory,
        Role.PROGRAMME_MANAGER: AgencyFactory,
        Role.MODERATOR: AgencyFactory,
        Role.IPS_AMBASSADOR: RegionFactory,
        Role.PSYCHIATRY_PARTNER: RegionFactory,
    }
    if role != Role.ADMINISTRATOR:
        organisation = organisation or fitting.get(role, ProviderFactory)()
    person = UserFactory(**fields)
    MembershipFactory(person=person, organisation=organisation, role=role)
    return person
