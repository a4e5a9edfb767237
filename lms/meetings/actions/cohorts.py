from datetime import datetime

from django.db import transaction

from lms.formats.text import clean_line
from lms.meetings.actions.meetings import ChangedMeanwhile, CohortIsCancelled, cancel_meeting
from lms.meetings.actions.offers import fill_freed_seats
from lms.meetings.models import Cohort, DatePoll, MeetingDraft, SeatOffer
from lms.meetings.models.cohort import SETTINGS
from lms.meetings.queries.concerned import concerned_by
from lms.meetings.queries.seats import seats_held
from lms.notifications.actions import notify
from lms.people.actions import record


class NameTaken(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The course has a cohort with that name already."""


class SeatsAreHeld(Exception):  # noqa: N818
    """More seats are taken, offered or reserved than there would be; ``held`` says how many."""

    def __init__(self, held: int):
        super().__init__(held)
        self.held = held


@transaction.atomic
def change_cohort(*, cohort, by, now: datetime, seen: str, **changes) -> Cohort:
    """Change the settings of a cohort; seats that come free go to who waits. What is the same is no change.

    ``seen`` is the edition the person read; :raises ChangedMeanwhile: when it is not the latest.

    :raises CohortIsCancelled: :raises NameTaken: :raises SeatsAreHeld: in which case nothing is changed.
    """
    cohort = Cohort.objects.select_for_update().select_related("course").get(pk=cohort.pk)
    if cohort.is_cancelled:
        raise CohortIsCancelled
    if cohort.edition != seen:
        raise ChangedMeanwhile
    new = {name: changes[name] for name in SETTINGS if name in changes and changes[name] != getattr(cohort, name)}
    if not new:
        return cohort
    _check_settings(cohort, new, now)
    for name, value in new.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=list(new))
    record(by=by, verb="change_cohort", about=cohort, now=now)
    fill_freed_seats(cohort=cohort, now=now)
    return cohort


def _check_settings(cohort: Cohort, new: dict, now: datetime) -> None:
    namesakes = Cohort.objects.filter(course=cohort.course_id, name=new.get("name", "")).exclude(pk=cohort.pk)
    if "name" in new and namesakes.exists():
        raise NameTaken
    held = seats_held(cohort, now)
    if new.get("capacity", cohort.capacity) < min(held, cohort.capacity):
        raise SeatsAreHeld(held)


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
    DatePoll.objects.filter(group__cohort=cohort, closed_at=None).update(closed_at=now)
