"""Wishes for a seat, a manager's word about them, and seats held without names."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from lms.meetings.actions.enrolments import CohortFull, enrol
from lms.meetings.actions.steps import set_state
from lms.meetings.models import Cohort, Enrolment, SeatReservation
from lms.meetings.queries.seats import free_seats
from lms.people.actions import record

State = Enrolment.State
STANDING = (State.APPLIED, State.WAITING, State.OFFERED, State.ENROLLED)


class NotOpenForEnrolment(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The cohort takes no new names now."""


class NotAnApplication(Exception):  # noqa: N818
    """Somebody has answered the application already, or it was withdrawn."""


@transaction.atomic
def apply_for_seat(*, person, cohort, municipality, by, now: datetime) -> Enrolment:
    """Ask for a seat: the manager is asked first, where the cohort wants it. Asking twice is asking once."""
    cohort = _locked(cohort.pk)
    enrolment = cohort.enrolments.filter(person=person).first()
    if enrolment and enrolment.state in STANDING:
        return enrolment
    if cohort.state != Cohort.State.OPEN:
        raise NotOpenForEnrolment
    enrolment = enrolment or Enrolment(cohort=cohort, person=person, created_at=now)
    enrolment.municipality = municipality
    if not cohort.needs_approval:
        return _seat_or_wait(enrolment, by, now)
    set_state(enrolment, State.APPLIED, by=by, now=now)
    record(by=by, verb="apply_for_seat", about=enrolment, now=now)
    return enrolment


@transaction.atomic
def approve_application(*, enrolment, by, now: datetime) -> Enrolment:
    """A seat if there is one, else a place on the waiting list. A second yes changes nothing."""
    enrolment = _application(enrolment)
    if enrolment.state in (State.WAITING, State.OFFERED, State.ENROLLED):
        return enrolment
    if enrolment.state != State.APPLIED:
        raise NotAnApplication
    if enrolment.cohort.state != Cohort.State.OPEN:
        raise NotOpenForEnrolment
    record(by=by, verb="approve_application", about=enrolment, now=now)
    return _seat_or_wait(enrolment, by, now)


@transaction.atomic
def refuse_application(*, enrolment, by, now: datetime, reason: str) -> Enrolment:
    enrolment = _application(enrolment)
    if enrolment.state == State.REFUSED:
        return enrolment
    if enrolment.state != State.APPLIED:
        raise NotAnApplication
    set_state(enrolment, State.REFUSED, by=by, now=now, reason=reason)
    record(by=by, verb="refuse_application", about=enrolment, now=now)
    return enrolment


@transaction.atomic
def reserve_seats(*, cohort, municipality, seats: int, name_by_date: date, by, now: datetime) -> SeatReservation:
    """Hold ``seats`` in all without names. Saying the same number twice holds them once."""
    cohort = _locked(cohort.pk)
    if cohort.state != Cohort.State.OPEN:
        raise NotOpenForEnrolment
    own = cohort.reservations.filter(municipality=municipality).first()
    held = own.seats if own and own.name_by_date >= localdate(now) else 0
    if seats - held > free_seats(cohort, now):
        raise CohortFull
    fields = {"seats": seats, "name_by_date": name_by_date, "reserved_by": by}
    reservation, _ = cohort.reservations.update_or_create(municipality=municipality, defaults=fields)
    record(by=by, verb="reserve_seats", about=reservation, now=now)
    return reservation


def _seat_or_wait(enrolment: Enrolment, by, now: datetime) -> Enrolment:
    """Nobody passes those who wait already, except into a seat of the own municipality's that none of them may have."""
    cohort = enrolment.cohort
    waiting = cohort.enrolments.filter(state=State.WAITING)
    held = cohort.reservations.filter(municipality=enrolment.municipality, name_by_date__gte=localdate(now))
    before = waiting.filter(municipality=enrolment.municipality) if held.exists() else waiting
    if not before.exists() and (held.exists() or free_seats(cohort, now) > 0):
        return enrol(person=enrolment.person, cohort=cohort, municipality=enrolment.municipality, by=by, now=now)
    set_state(enrolment, State.WAITING, by=by, now=now)
    record(by=by, verb="wait_for_seat", about=enrolment, now=now)
    return enrolment


def _application(enrolment: Enrolment) -> Enrolment:
    _locked(enrolment.cohort_id)
    return Enrolment.objects.select_related("cohort", "person", "municipality").get(pk=enrolment.pk)


def _locked(pk: int) -> Cohort:
    return Cohort.objects.select_for_update().get(pk=pk)
