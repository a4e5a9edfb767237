from types import SimpleNamespace

import pytest

from lms.people.models import Role
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import MunicipalityFactory, person_with


@pytest.fixture
def standing(db):
    """The people every view meets: the owner, a colleague from the same municipality, a stranger, and those in charge."""
    cohort = CohortFactory(name="Hold Vest", slug="hold-vest")
    viborg, provider = MunicipalityFactory(name="Viborg"), cohort.course.provider
    return SimpleNamespace(
        cohort=cohort,
        owner=kursist_in(cohort, viborg, name="Mette Lindholm"),
        colleague=person_with(Role.JOB_CONSULTANT, viborg),
        stranger=kursist_in(CohortFactory()),
        manager=person_with(Role.LOCAL_MANAGER, viborg),
        other_manager=person_with(Role.LOCAL_MANAGER),
        coordinator=person_with(Role.PROVIDER_COORDINATOR, provider),
        instructor=person_with(Role.INSTRUCTOR, provider),
        supervisor=person_with(Role.SUPERVISOR, provider),
        editor=person_with(Role.EDITOR, provider),
        other_coordinator=person_with(Role.PROVIDER_COORDINATOR),
        programme_manager=person_with(Role.PROGRAMME_MANAGER),
        ambassador=person_with(Role.IPS_AMBASSADOR),
        guest=person_with(Role.PSYCHIATRY_PARTNER),
    )


@pytest.fixture
def status(client, standing):
    """What each of the standing people gets for an address: a set of names per status."""

    def ask(url, method="get", **options):
        answers = {}
        for name, person in vars(standing).items():
            if name != "cohort":
                client.force_login(person)
                code = getattr(client, method)(url, **options).status_code
                answers.setdefault(code, set()).add(name)
        return answers

    return ask
