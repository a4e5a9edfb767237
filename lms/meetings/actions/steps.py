"""The one place where an enrolment changes its state, so that its history is whole."""

from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from lms.meetings.models import Enrolment, EnrolmentChange, SeatOffer, SeatReservation


def set_state(enrolment: Enrolment, state: str, *, by, now: datetime, reason: str = "") -> EnrolmentChange | None:
    """Returns the step, or nothing where the state was the same."""
    before = "" if enrolment.pk is None else enrolment.state
    enrolment.state, enrolment.reason = state, reason
    enrolment.changed_by, enrolment.changed_at = by, now
    enrolment.waiting_since = now if state == Enrolment.State.WAITING else None
    enrolment.save()
    if before == state:
        return None
    # Who leaves "offered" by another door than an answer leaves no offer behind that could still be accepted.
    for offer in enrolment.offers.open():
        close_offer(offer, SeatOffer.State.WITHDRAWN, now, is_used=state == Enrolment.State.ENROLLED)
    return enrolment.changes.create(before=before, after=state, by=by, at=now, reason=reason)


def close_offer(offer: SeatOffer, state: str, now: datetime, *, is_used: bool) -> None:
    """End an offer; a seat of the municipality's own that was not used goes back there, until its day is past."""
    offer.state, offer.closed_at = state, now
    offer.save(update_fields=["state", "closed_at"])
    if offer.reservation_id and not is_used:
        own = SeatReservation.objects.filter(pk=offer.reservation_id, name_by_date__gte=localdate(now))
        own.update(seats=F("seats") + 1)
