"""Wishes for a seat, and a manager's word about them."""

from datetime import datetime

from django.db import transaction

from lms.meetings.actions.enrolments import enrol
from lms.meetings.actions.steps import set_state
from lms.meetings.models import Cohort, Enrolment, EnrolmentChange
from lms.meetings.queries.concerned import managers_of
from lms.meetings.queries.seats import free_seats
from lms.notifications.actions import notify
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
    step = set_state(enrolment, State.APPLIED, by=by, now=now)
    record(by=by, verb="apply_for_seat", about=enrolment, now=now)
    _tell(managers_of(municipality, now), "meetings.applied", step, cohort, now)
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
    enrolment = _seat_or_wait(enrolment, by, now)
    if enrolment.state == State.WAITING:  # a seat is told of by its days
        _tell([enrolment.person], "meetings.waiting", enrolment.changes.last(), enrolment.cohort, now)
    return enrolment


@transaction.atomic
def refuse_application(*, enrolment, by, now: datetime, reason: str) -> Enrolment:
    enrolment = _application(enrolment)
    if enrolment.state == State.REFUSED:
        return enrolment
    if enrolment.state != State.APPLIED:
        raise NotAnApplication
    step = set_state(enrolment, State.REFUSED, by=by, now=now, reason=reason)
    record(by=by, verb="refuse_application", about=enrolment, now=now)
    _tell([enrolment.person], "meetings.refused", step, enrolment.cohort, now)
    return enrolment


def _seat_or_wait(enrolment: Enrolment, by, now: datetime) -> Enrolment:
    """Nobody passes those who wait already, except into a seat of the own municipality's that none of them may have."""
    cohort = enrolment.cohort
    waiting = cohort.enrolments.filter(state=State.WAITING)
    held = cohort.reservations.holding(now).filter(municipality=enrolment.municipality)
    before = waiting.filter(municipality=enrolment.municipality) if held.exists() else waiting
    if not before.exists() and (held.exists() or free_seats(cohort, now) > 0):
        return enrol(person=enrolment.person, cohort=cohort, municipality=enrolment.municipality, by=by, now=now)
    set_state(enrolment, State.WAITING, by=by, now=now)
    record(by=by, verb="wait_for_seat", about=enrolment, now=now)
    return enrolment


def _tell(people, occasion: str, step: EnrolmentChange | None, cohort: Cohort, now: datetime) -> None:
    notify(recipients=people, occasion=occasion, about=step, now=now, outbox=cohort.outbox)


def _application(enrolment: Enrolment) -> Enrolment:
    _locked(enrolment.cohort_id)
    return Enrolment.objects.select_related("cohort", "person", "municipality").get(pk=enrolment.pk)


def _locked(pk: int) -> Cohort:
    return Cohort.objects.select_for_update().get(pk=pk)
