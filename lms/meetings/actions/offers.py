"""Freed seats, offered to those who wait: one row per offer, each with a deadline."""

from datetime import datetime, timedelta

from django.db import transaction

from lms.meetings.actions.enrolments import enrol
from lms.meetings.actions.steps import close_offer, set_state
from lms.meetings.models import Cohort, Enrolment, SeatOffer
from lms.meetings.queries.seats import free_seats
from lms.notifications.actions import notify
from lms.people.actions import record

State = Enrolment.State


class OfferGone(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The offer has been answered, has run out, or its cohort is cancelled."""


@transaction.atomic
def fill_freed_seats(*, cohort, now: datetime, freed_by=None) -> list[SeatOffer]:
    """Offer what is free in order of waiting; the first seat to the municipality it came from, if any of it waits."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    deadline = _deadline(cohort, now)
    if cohort.state != Cohort.State.OPEN or deadline is None:
        return []
    waiting = cohort.enrolments.filter(state=State.WAITING).select_related("person", "cohort")
    queue = list(waiting.order_by("waiting_since", "pk"))
    if not queue:
        return []
    offers = _offer_reserved(cohort, queue, deadline, now)
    first = next((enrolment for enrolment in queue if freed_by and enrolment.municipality_id == freed_by.pk), None)
    if first:
        queue.remove(first)
        queue.insert(0, first)
    free = max(0, free_seats(cohort, now))
    return offers + [_offer(enrolment, deadline, now) for enrolment in queue[:free]]


def _offer_reserved(cohort: Cohort, queue: list[Enrolment], deadline: datetime, now: datetime) -> list[SeatOffer]:
    """Seats that municipalities hold without names, to their own people in ``queue``, who leave it."""
    held = {reservation.municipality_id: reservation for reservation in cohort.reservations.holding(now)}
    offers = []
    for enrolment in list(queue):
        reservation = held.get(enrolment.municipality_id)
        if reservation and reservation.seats:
            queue.remove(enrolment)
            reservation.seats -= 1
            reservation.save(update_fields=["seats"])
            offers.append(_offer(enrolment, deadline, now, reservation))
    return offers


@transaction.atomic
def accept_offer(*, offer, by, now: datetime) -> Enrolment:
    """Yes, thank you: the held seat and all coming days. Saying yes twice gives the same seat."""
    offer = _locked(offer)
    enrolment = offer.enrolment
    if offer.state == SeatOffer.State.ACCEPTED and enrolment.state == State.ENROLLED:
        return enrolment
    is_cancelled = enrolment.cohort.state == Cohort.State.CANCELLED
    if offer.state != SeatOffer.State.OPEN or offer.expires_at <= now or is_cancelled:
        raise OfferGone
    close_offer(offer, SeatOffer.State.ACCEPTED, now, is_used=True)
    return enrol(person=enrolment.person, cohort=enrolment.cohort, municipality=enrolment.municipality, by=by, now=now)


@transaction.atomic
def decline_offer(*, offer, by, now: datetime) -> Enrolment:
    """No, thank you: off the list, and the seat goes to the next. Saying no twice is saying it once."""
    offer = _locked(offer)
    if offer.state == SeatOffer.State.DECLINED:
        return offer.enrolment
    if offer.state != SeatOffer.State.OPEN:
        raise OfferGone
    return _pass_on(offer, SeatOffer.State.DECLINED, by, now)


def expire_offers(*, now: datetime) -> int:
    """Pass on what nobody answered in time, each in a transaction of its own."""
    return sum(_expire(offer, now) for offer in SeatOffer.objects.expired(now).order_by("pk"))


def fill_open_cohorts(*, now: datetime) -> int:
    """Offer seats that came free by the clock, such as reserved ones nobody named in time."""
    waited_for = Cohort.objects.filter(state=Cohort.State.OPEN, enrolments__state=State.WAITING).distinct()
    return sum(len(fill_freed_seats(cohort=cohort, now=now)) for cohort in waited_for.order_by("pk"))


@transaction.atomic
def _expire(offer: SeatOffer, now: datetime) -> bool:
    offer = _locked(offer)
    if offer.state != SeatOffer.State.OPEN:
        return False
    _pass_on(offer, SeatOffer.State.EXPIRED, None, now)
    return True


def _pass_on(offer: SeatOffer, state: str, by, now: datetime) -> Enrolment:
    enrolment = offer.enrolment
    close_offer(offer, state, now, is_used=False)
    set_state(enrolment, State.WITHDRAWN, by=by, now=now)
    record(by=by, verb="pass_on_seat", about=enrolment, now=now)
    fill_freed_seats(cohort=enrolment.cohort, now=now, freed_by=enrolment.municipality)
    return enrolment


def _offer(enrolment: Enrolment, deadline: datetime, now: datetime, reservation=None) -> SeatOffer:
    set_state(enrolment, State.OFFERED, by=None, now=now)
    offer = enrolment.offers.create(made_at=now, expires_at=deadline, reservation=reservation)
    outbox = enrolment.cohort.outbox
    notify(recipients=[enrolment.person], occasion="meetings.offered", about=offer, now=now, outbox=outbox)
    return offer


def _deadline(cohort: Cohort, now: datetime) -> datetime | None:
    """The cohort's hours, but never past the start of the next day; none when every day has begun."""
    days = cohort.meetings.scheduled().filter(group=None)
    coming = days.filter(starts_at__gt=now).order_by("starts_at").first()
    if coming is None and days.exists():
        return None
    deadline = now + timedelta(hours=cohort.offer_hours)
    return min(deadline, coming.starts_at) if coming else deadline


def _locked(offer: SeatOffer) -> SeatOffer:
    """The offer as it is now, read behind the cohort's lock, which every change of a seat takes first."""
    Cohort.objects.select_for_update().get(enrolments__offers=offer.pk)
    return SeatOffer.objects.select_related("enrolment__cohort", "enrolment__person", "enrolment__municipality").get(
        pk=offer.pk
    )
