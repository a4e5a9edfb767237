from datetime import date, datetime, timedelta

from django.db import transaction

from lms.meetings.actions.invitations import invite, uninvite
from lms.meetings.models import Cohort, Enrolment, GroupMembership, Invitee, SupervisionGroup
from lms.people.actions import record


class InAnotherGroup(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The kursist has a place in another group already; leave that one first."""


@transaction.atomic
def join_group(*, group, enrolment, by, now: datetime, on: date) -> GroupMembership:
    """Give a kursist a place in a group from ``on``, and the group's coming days. Asking twice gives the same place."""
    Cohort.objects.select_for_update().get(pk=group.cohort_id)
    place = enrolment.group_memberships.filter(end_date=None).first()
    if place and place.group_id != group.pk:
        raise InAnotherGroup
    if place is None:
        place = _new_place(group, enrolment, on)
        record(by=by, verb="join_group", about=place, now=now)
    for meeting in _coming(group, now):
        invite(meeting=meeting, people=[enrolment.person], role=Invitee.Role.KURSIST, now=now)
    return place


@transaction.atomic
def leave_group(*, membership, by, now: datetime, on: date) -> None:
    """End a place in a group: ``on`` is the first day without it. The group's coming days leave the calendar."""
    Cohort.objects.select_for_update().get(pk=membership.group.cohort_id)
    record(by=by, verb="leave_group", about=membership, now=now)
    person = membership.enrolment.person
    for meeting in _coming(membership.group, now):
        if meeting.invitees.active().filter(person=person, role=Invitee.Role.KURSIST).exists():
            uninvite(meeting=meeting, person=person, now=now)
    _end(membership, on)


def leave_groups(*, enrolment: Enrolment, on: date) -> None:
    """End every open place; the caller takes the person off the meetings."""
    for membership in enrolment.group_memberships.filter(end_date=None):
        _end(membership, on)


def _new_place(group: SupervisionGroup, enrolment: Enrolment, on: date) -> GroupMembership:
    place, _created = GroupMembership.objects.update_or_create(
        group=group, enrolment=enrolment, start_date=on, defaults={"end_date": None}
    )
    return place


def _end(membership: GroupMembership, on: date) -> None:
    """A place that ends before its first day has never been."""
    last_day = on - timedelta(days=1)
    if last_day < membership.start_date:
        membership.delete()
    else:
        membership.end_date = last_day
        membership.save(update_fields=["end_date"])


def _coming(group: SupervisionGroup, now: datetime):
    return group.meetings.scheduled().filter(ends_at__gt=now).order_by("pk").select_for_update()
