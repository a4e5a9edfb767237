"""Somebody else in a person's place: history stays with the person, the seat with the municipality."""

from datetime import datetime

from django.db import transaction

from lms.meetings.actions.enrolments import seat
from lms.meetings.actions.imports import bring_in
from lms.meetings.actions.offers import fill_freed_seats
from lms.meetings.actions.withdrawals import leave
from lms.meetings.models import Cohort, Enrolment
from lms.meetings.queries.seats import is_over
from lms.people.actions import record


class NoSeatToHandOver(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The person has no seat any more, or the cohort is called off or over."""


@transaction.atomic
def name_substitute(*, enrolment, values: dict[str, str], by, now: datetime, reason: str = "") -> Enrolment:
    """Give a person's seat to somebody of the same municipality's. At no moment is it free for those who wait.

    :raises NoSeatToHandOver: also for the second of two clicks.
    :raises RowRefused: with what is wrong with ``values``; then nobody has left.
    """
    cohort = Cohort.objects.select_for_update().get(pk=enrolment.cohort_id)
    enrolment = Enrolment.objects.select_related("person", "cohort", "municipality").get(pk=enrolment.pk)
    if enrolment.state != Enrolment.State.ENROLLED or cohort.is_cancelled or is_over(cohort, now):
        raise NoSeatToHandOver
    municipality = enrolment.municipality
    # Checked while the one who leaves still has the seat, so that nobody becomes their own substitute.
    new = bring_in(cohort=cohort, municipality=municipality, values=values, by=by, now=now, give=seat)
    leave(enrolment=enrolment, by=by, now=now, reason=reason)
    fill_freed_seats(cohort=cohort, now=now)  # the new one may have held the offer of another seat
    record(by=by, verb="name_substitute", about=enrolment, now=now)
    return new
