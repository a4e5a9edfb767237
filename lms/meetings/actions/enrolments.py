from datetime import datetime

from django.db import transaction

from lms.meetings.actions.invitations import invite
from lms.meetings.actions.steps import set_state
from lms.meetings.models import Cohort, Enrolment, Invitee
from lms.meetings.queries.seats import free_seats
from lms.people.actions import record


class CohortFull(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Every seat in the cohort is taken, or held for another municipality."""


@transaction.atomic
def enrol(*, person, cohort, municipality, by, now: datetime) -> Enrolment:
    """Give ``person`` one of the cohort's seats and all its coming days. Asking twice gives the same seat."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    enrolment = cohort.enrolments.filter(person=person).first()
    if enrolment and enrolment.state == Enrolment.State.ENROLLED:
        return enrolment
    if not enrolment or enrolment.state != Enrolment.State.OFFERED:  # an offer holds its seat already
        _take_seat(cohort, municipality, now)
    return seat(person=person, cohort=cohort, municipality=municipality, by=by, now=now)


def seat(*, person, cohort: Cohort, municipality, by, now: datetime) -> Enrolment:
    """Give ``person`` a seat that the caller holds, under the cohort's lock, and all coming days."""
    enrolment = cohort.enrolments.filter(person=person).first()
    enrolment = _enrolled(enrolment or Enrolment(cohort=cohort, person=person, created_at=now), municipality, by, now)
    for meeting in coming(cohort, now).filter(group=None):
        invite(meeting=meeting, people=[person], role=Invitee.Role.KURSIST, now=now)
    record(by=by, verb="enrol", about=enrolment, now=now)
    return enrolment


def _take_seat(cohort: Cohort, municipality, now: datetime) -> None:
    """A seat the municipality has reserved, or else one that nobody holds."""
    own = cohort.reservations.holding(now).filter(municipality=municipality).first()
    if own:
        own.seats -= 1
        own.save(update_fields=["seats"])
    elif free_seats(cohort, now) < 1:
        raise CohortFull


def _enrolled(enrolment: Enrolment, municipality, by, now: datetime) -> Enrolment:
    enrolment.municipality = municipality
    set_state(enrolment, Enrolment.State.ENROLLED, by=by, now=now)
    return enrolment


def coming(cohort: Cohort, now: datetime):
    """The meetings still ahead, locked in one order so that two of us never wait for each other."""
    return cohort.meetings.scheduled().filter(ends_at__gt=now).order_by("pk").select_for_update()
