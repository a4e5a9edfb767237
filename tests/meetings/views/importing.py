"""Who and what every test of the import starts from."""

import pytest

from lms.people.models import Role
from tests.factories.meetings import CohortFactory, SeatReservationFactory
from tests.factories.people import MunicipalityFactory, person_with


@pytest.fixture
def viborg():
    return MunicipalityFactory(name="Viborg", code="0791")


@pytest.fixture
def cohort(viborg):
    cohort = CohortFactory(slug="vest")
    SeatReservationFactory(cohort=cohort, municipality=viborg, seats=1)
    return cohort


@pytest.fixture
def coordinator(client, cohort):
    person = person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)
    client.force_login(person)
    return person
