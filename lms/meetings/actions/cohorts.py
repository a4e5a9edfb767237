from datetime import datetime

from django.db import transaction

from lms.formats.text import clean_line
from lms.meetings.actions.meetings import cancel_meeting
from lms.meetings.models import Cohort, MeetingDraft, SeatOffer
from lms.meetings.queries.concerned import concerned_by
from lms.notifications.actions import notify
from lms.people.actions import record


@transaction.atomic
def cancel_cohort(*, cohort, by, now: datetime, reason: str) -> Cohort:
    """Call a cohort off, for good: all concerned hear why, and its coming days leave the calendars.

    Asking twice is one cancellation.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.is_cancelled:
        return cohort
    coming = cohort.meetings.upcoming(now).order_by("pk")
    people = list(concerned_by(cohort, coming, now))
    _close(cohort, clean_line(reason), now)
    notify(recipients=people, occasion="meetings.cohort_cancelled", about=cohort, now=now, outbox=cohort.outbox)
    for meeting in coming:
        cancel_meeting(meeting=meeting, by=by, now=now)
    record(by=by, verb="cancel_cohort", about=cohort, now=now)
    return cohort


def _close(cohort: Cohort, reason: str, now: datetime) -> None:
    """No offer can be accepted any more, and no prepared change be released."""
    cohort.state, cohort.cancel_reason = Cohort.State.CANCELLED, reason
    cohort.save(update_fields=["state", "cancel_reason"])
    # Closed where they stand: an offer that is declined or runs out goes to the next in line.
    offers = SeatOffer.objects.open().filter(enrolment__cohort=cohort)
    offers.update(state=SeatOffer.State.WITHDRAWN, closed_at=now)
    MeetingDraft.objects.filter(meeting__cohort=cohort).delete()
