from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from lms.formats.text import clean_line
from lms.meetings.actions.cohorts import CohortIsCancelled
from lms.meetings.actions.invitations import invite, uninvite
from lms.meetings.actions.meetings import ChangedMeanwhile
from lms.meetings.models import Cohort, Enrolment, GroupMembership, Invitee, SupervisionGroup
from lms.meetings.queries.groups import edition_of, places_in
from lms.people.actions import record


class InAnotherGroup(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The kursist has a place in another group already; leave that one first."""


class NotEnrolled(Exception):  # noqa: N818
    """Only those with a seat in the cohort sit in its groups."""


class GroupNameTaken(Exception):  # noqa: N818
    """The cohort has a group with that name already."""


@transaction.atomic
def create_group(
    *, cohort, name: str, supervisor, members: Iterable[Enrolment], by, now: datetime, on: date
) -> SupervisionGroup:
    """A group with its supervisor and its members from ``on``, or nothing at all.

    :raises GroupNameTaken: also for the second of two clicks, which makes no second group.
    :raises CohortIsCancelled: :raises NotEnrolled: :raises InAnotherGroup:
    """
    cohort = _locked(cohort)
    name = _free_name(cohort, name)
    group = SupervisionGroup.objects.create(cohort=cohort, name=name, supervisor=supervisor)
    record(by=by, verb="create_group", about=group, now=now)
    _join(group, members, by, now, on)
    return group


@transaction.atomic
def change_group(
    *, group, name: str, supervisor, members: Iterable[Enrolment], seen: str, by, now: datetime, on: date
) -> SupervisionGroup:
    """Let a group be called, led and made up like this from ``on``. What is so already is no change.

    Whoever is no longer among ``members`` leaves, and so does an earlier supervisor: the coming days leave their
    calendars and come into those of the new ones.

    ``seen`` is the edition the person read; :raises ChangedMeanwhile: when it is not the latest.

    :raises CohortIsCancelled: :raises GroupNameTaken: :raises NotEnrolled: :raises InAnotherGroup: and nothing changes.
    """
    cohort, members = _locked(group.cohort), {enrolment.pk: enrolment for enrolment in members}
    group = SupervisionGroup.objects.select_for_update().select_related("cohort", "supervisor").get(pk=group.pk)
    places = {place.enrolment_id: place for place in places_in(group)}
    name = clean_line(name)
    if (group.name, group.supervisor_id, places.keys()) == (name, supervisor.pk, members.keys()):
        return group
    if edition_of(group, list(places.values())) != seen:
        raise ChangedMeanwhile
    group.name = _free_name(cohort, name, group)
    for left in places.keys() - members.keys():
        leave_group(membership=places[left], by=by, now=now, on=on)
    _hand_over(group, supervisor, now)
    group.save(update_fields=["name", "supervisor"])
    _join(group, [members[pk] for pk in sorted(members.keys() - places.keys())], by, now, on)
    record(by=by, verb="change_group", about=group, now=now)
    return group


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


def _locked(cohort: Cohort) -> Cohort:
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.is_cancelled:
        raise CohortIsCancelled
    return cohort


def _free_name(cohort: Cohort, name: str, group: SupervisionGroup | None = None) -> str:
    name = clean_line(name)
    namesakes = cohort.groups.filter(name=name)
    if (namesakes.exclude(pk=group.pk) if group else namesakes).exists():
        raise GroupNameTaken
    return name


def _join(group: SupervisionGroup, members: Iterable[Enrolment], by, now: datetime, on: date) -> None:
    """Read anew under the cohort's lock: somebody may have left since the page was opened."""
    wanted = [enrolment.pk for enrolment in members]
    enrolled = group.cohort.enrolments.enrolled().filter(pk__in=wanted).select_related("person")
    if len(found := list(enrolled)) < len(wanted):
        raise NotEnrolled
    for enrolment in found:
        join_group(group=group, enrolment=enrolment, by=by, now=now, on=on)


def _hand_over(group: SupervisionGroup, supervisor, now: datetime) -> None:
    """The coming days with who leads them; the group's row is saved by the caller."""
    before = group.supervisor
    if before == supervisor:
        return
    group.supervisor = supervisor
    for meeting in _coming(group, now):
        invite(meeting=meeting, people=[supervisor], role=Invitee.Role.TRAINER, now=now)
        if meeting.invitees.active().filter(person=before, role=Invitee.Role.TRAINER).exists():
            uninvite(meeting=meeting, person=before, now=now)


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
