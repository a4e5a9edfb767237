"""Seats a municipality holds without names: reserved, given names, given back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from lms.meetings.actions.enrolments import CohortFull
from lms.meetings.actions.imports import bring_in
from lms.meetings.actions.offers import fill_freed_seats
from lms.meetings.actions.seats import NotOpenForEnrolment
from lms.meetings.models import Cohort, Enrolment, SeatReservation
from lms.meetings.queries.seats import free_seats
from lms.people.actions import record


class DeadlineIsPast(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The day by which the seats must have names lies behind us."""


class NoSeatsReserved(Exception):  # noqa: N818
    """The municipality holds no seat without a name, or not any more."""


@transaction.atomic
def reserve_seats(*, cohort, municipality, seats: int, name_by_date: date, by, now: datetime) -> SeatReservation:
    """Hold ``seats`` in all without names. Saying the same number twice holds them once; fewer frees the others.

    :raises CohortFull: when there are not as many, :raises NotOpenForEnrolment: :raises DeadlineIsPast:
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.state != Cohort.State.OPEN:
        raise NotOpenForEnrolment
    if name_by_date < localdate(now):
        raise DeadlineIsPast
    own = cohort.reservations.holding(now).filter(municipality=municipality).first()
    if own and (own.seats, own.name_by_date) == (seats, name_by_date):
        return own
    if seats - (own.seats if own else 0) > max(0, free_seats(cohort, now)):
        raise CohortFull
    fields = {"seats": seats, "name_by_date": name_by_date, "reserved_by": by}
    reservation, _ = cohort.reservations.update_or_create(municipality=municipality, defaults=fields)
    record(by=by, verb="reserve_seats", about=reservation, now=now)
    fill_freed_seats(cohort=cohort, now=now)
    return reservation


@transaction.atomic
def give_back_seats(*, reservation, seats: int, by, now: datetime, seen: int | None = None) -> int:
    """Let go of up to ``seats`` of those without names, and say how many it were. They go to who waits.

    ``seen`` is how many there were when the person chose: of any other number nothing is given back.
    """
    reservation = _locked(reservation)
    given = min(seats, reservation.seats) if seen in {None, reservation.seats} else 0
    if given:
        reservation.seats -= given
        reservation.save(update_fields=["seats"])
        record(by=by, verb="give_back_seats", about=reservation, now=now)
        fill_freed_seats(cohort=reservation.cohort, now=now)
    return given


@transaction.atomic
def name_seat(*, reservation, values: dict[str, str], by, now: datetime) -> Enrolment:
    """Put a person, by name and e-mail, on one of the seats: account, membership, seat and invitation at once.

    :raises NoSeatsReserved: also for the second of two clicks on the last seat.
    :raises RowRefused: with what is wrong with ``values``.
    """
    reservation = _locked(reservation)
    if not SeatReservation.objects.holding(now).filter(pk=reservation.pk).exists() or reservation.cohort.is_cancelled:
        raise NoSeatsReserved
    cohort, municipality = reservation.cohort, reservation.municipality
    enrolment = bring_in(cohort=cohort, municipality=municipality, values=values, by=by, now=now)
    record(by=by, verb="name_seat", about=reservation, now=now)
    return enrolment


def _locked(reservation) -> SeatReservation:
    Cohort.objects.select_for_update().get(pk=reservation.cohort_id)
    return SeatReservation.objects.select_related("cohort", "municipality").get(pk=reservation.pk)
