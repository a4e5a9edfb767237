"""The one place where an enrolment changes its state, so that its history is whole."""

from datetime import datetime

from lms.meetings.models import Enrolment


def set_state(enrolment: Enrolment, state: str, *, by, now: datetime, reason: str = "") -> None:
    before = "" if enrolment.pk is None else enrolment.state
    enrolment.state, enrolment.reason = state, reason
    enrolment.changed_by, enrolment.changed_at = by, now
    enrolment.waiting_since = now if state == Enrolment.State.WAITING else None
    enrolment.save()
    if before != state:
        enrolment.changes.create(before=before, after=state, by=by, at=now, reason=reason)
