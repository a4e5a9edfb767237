"""Moving an invitation: off the day that was missed, onto the same day with another cohort."""

from datetime import datetime

from django.db import transaction

from lms.meetings.actions.invitations import invite, uninvite
from lms.meetings.models import Cohort, Invitee, Meeting
from lms.meetings.queries.room import seats_left_on
from lms.people.actions import record


class DayFull(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Every seat on that day is taken."""


class DayGone(Exception):  # noqa: N818
    """The day has begun, or has been called off, with its cohort or alone."""


@transaction.atomic
def invite_to_make_up(*, person, missed, instead, by, now: datetime) -> Invitee:
    """Invite as a guest of that one day; the attendance there counts for ``missed``. Asking twice is one invitation.

    :raises DayFull: never over the day's room. :raises DayGone: when there is nothing to come to.
    """
    missed, instead = _locked(missed, instead)
    own = instead.invitees.active().filter(person=person, makes_up_for=missed).first()
    if own:
        return own
    _check_room(instead, now)
    invite(meeting=instead, people=[person], role=Invitee.Role.GUEST, now=now)
    instead.invitees.filter(person=person).update(makes_up_for=missed)
    if missed.ends_at > now and missed.invitees.active().filter(person=person).exists():
        uninvite(meeting=missed, person=person, now=now)
    record(by=by, verb="invite_to_make_up", about=instead, now=now)
    return instead.invitees.get(person=person)


@transaction.atomic
def take_off_make_up(*, person, missed, instead, by, now: datetime) -> None:
    """The guest does not come after all; the seat is free again."""
    missed, instead = _locked(missed, instead)
    guest = instead.invitees.active().filter(person=person, makes_up_for=missed).first()
    if guest and instead.ends_at > now:
        uninvite(meeting=instead, person=person, now=now)
        record(by=by, verb="take_off_make_up", about=instead, now=now)


def _locked(missed, instead) -> tuple[Meeting, Meeting]:
    """Cohorts first, then meetings, each in one order, so that two of us never wait for each other."""
    cohorts = Cohort.objects.filter(pk__in=[missed.cohort_id, instead.cohort_id])
    list(cohorts.order_by("pk").select_for_update())
    meetings = Meeting.objects.filter(pk__in=[missed.pk, instead.pk]).order_by("pk").select_for_update()
    rows = {meeting.pk: meeting for meeting in meetings}
    return rows[missed.pk], rows[instead.pk]


def _check_room(instead: Meeting, now: datetime) -> None:
    is_held = instead.cohort.state in {Cohort.State.OPEN, Cohort.State.CLOSED}
    if instead.is_cancelled or not is_held or instead.starts_at <= now:
        raise DayGone
    if seats_left_on(instead, now) < 1:
        raise DayFull
