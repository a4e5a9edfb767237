"""Giving a seat back."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from lms.meetings.actions.enrolments import coming
from lms.meetings.actions.groups import leave_groups
from lms.meetings.actions.invitations import uninvite
from lms.meetings.actions.offers import fill_freed_seats
from lms.meetings.actions.steps import set_state
from lms.meetings.models import Cohort, Enrolment, Invitee, Meeting
from lms.meetings.queries.seats import HOLDING
from lms.people.actions import record


@transaction.atomic
def withdraw(*, enrolment, by, now: datetime, reason: str = "") -> Enrolment:
    """Out of the group and of every coming day, and the seat goes to who waits. What has been stays."""
    Cohort.objects.select_for_update().get(pk=enrolment.cohort_id)
    enrolment = Enrolment.objects.select_related("person", "cohort", "municipality").get(pk=enrolment.pk)
    if enrolment.state == Enrolment.State.WITHDRAWN:
        return enrolment
    freed_by = enrolment.municipality if enrolment.state in HOLDING else None
    leave(enrolment=enrolment, by=by, now=now, reason=reason)
    fill_freed_seats(cohort=enrolment.cohort, now=now, freed_by=freed_by)
    return enrolment


def leave(*, enrolment: Enrolment, by, now: datetime, reason: str) -> None:
    """Out of everything, under the cohort's lock; who gets the seat is the caller's to say."""
    set_state(enrolment, Enrolment.State.WITHDRAWN, by=by, now=now, reason=reason)
    leave_groups(enrolment=enrolment, on=localdate(now))
    invitees = Invitee.objects.active().filter(person=enrolment.person, role=Invitee.Role.KURSIST)
    mine = Meeting.objects.filter(pk__in=invitees.values("meeting")).values("pk")
    for meeting in coming(enrolment.cohort, now).filter(pk__in=mine):
        uninvite(meeting=meeting, person=enrolment.person, now=now)
    record(by=by, verb="withdraw", about=enrolment, now=now)
