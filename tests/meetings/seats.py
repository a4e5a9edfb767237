"""People on a waiting list, and seats offered to them."""

from datetime import timedelta

from lms.meetings import actions
from lms.meetings.models import Enrolment
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, EnrolmentFactory
from tests.factories.people import MunicipalityFactory, person_with
from tests.meetings.days import NOW


def wishing(cohort, state=Enrolment.State.WAITING, *, minutes=60, municipality=None, **fields):
    """A job consultant's wish for a seat."""
    municipality = municipality or MunicipalityFactory()
    person = fields.pop("person", None) or person_with(Role.JOB_CONSULTANT, municipality)
    since = NOW - timedelta(minutes=minutes) if state == Enrolment.State.WAITING else None
    return EnrolmentFactory(
        cohort=cohort, person=person, municipality=municipality, state=state, waiting_since=since, **fields
    )


def offered(cohort=None, now=NOW, **fields):
    """The offer of the only free seat to somebody who waited for it."""
    cohort = cohort or CohortFactory(capacity=1, name="Hold Øst", slug="hold-oest")
    wishing(cohort, **fields)
    [offer] = actions.fill_freed_seats(cohort=cohort, now=now)
    return offer
