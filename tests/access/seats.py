"""Wishes for seats: one that waits for a manager's word, and one that has been offered a seat."""

from datetime import timedelta

from lms.meetings.models import Enrolment
from lms.meetings.queries.seats import offer_token
from lms.people.models import Role
from tests.access.days import UNKNOWN_TOKEN
from tests.factories.meetings import EnrolmentFactory, SeatReservationFactory
from tests.factories.people import MunicipalityFactory, person_with


def make_wishes(world, own, other) -> dict:
    municipality = world.people[Role.LOCAL_MANAGER].memberships.get().organisation
    asked = {"own": _wish(own, municipality, "applied"), "other": _wish(other, MunicipalityFactory(), "applied")}
    held = _wish(own, municipality, "offered")
    offer = held.offers.create(made_at=world.now, expires_at=world.now + timedelta(days=2))
    held_without_names = {
        "own": SeatReservationFactory(
            cohort=own, municipality=municipality, name_by_date=world.now + timedelta(days=9)
        ),
        "other": SeatReservationFactory(cohort=other, name_by_date=world.now + timedelta(days=9)),
    }
    seated = {"own": _wish(own, municipality, "enrolled"), "other": _wish(other, MunicipalityFactory(), "enrolled")}
    return {
        "reservation": {name: _place(row) for name, row in held_without_names.items()},
        "enrolment": {name: _place(row) for name, row in seated.items()},
        "application": {name: _place(row) for name, row in asked.items()},
        "offer": {"own": {"token": offer_token(offer)}, "other": {"token": UNKNOWN_TOKEN}},
    }


def _place(row) -> dict:
    return {"slug": row.cohort.slug, "pk": row.pk}


def _wish(cohort, municipality, state) -> Enrolment:
    person = person_with(Role.JOB_CONSULTANT, municipality)
    return EnrolmentFactory(cohort=cohort, person=person, municipality=municipality, state=state)
