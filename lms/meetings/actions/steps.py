"""The one place where an enrolment changes its state, so that its history is whole."""

from datetime import datetime

from lms.meetings.models import Enrolment, SeatOffer


def set_state(enrolment: Enrolment, state: str, *, by, now: datetime, reason: str = "") -> None:
    before = "" if enrolment.pk is None else enrolment.state
    enrolment.state, enrolment.reason = state, reason
    enrolment.changed_by, enrolment.changed_at = by, now
    enrolment.waiting_since = now if state == Enrolment.State.WAITING else None
    enrolment.save()
    if before != state:
        # Who leaves "offered" by another door than an answer leaves no offer behind that could still be accepted.
        enrolment.offers.open().update(state=SeatOffer.State.WITHDRAWN, closed_at=now)
        enrolment.changes.create(before=before, after=state, by=by, at=now, reason=reason)
