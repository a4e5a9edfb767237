"""Making up for a missed day: asking, the coordinators' yes or no, and seats that come free."""

from datetime import datetime

from django.db import transaction

from courses.models import MakeUp
from courses.queries.makeup import asked_already, coordinators_of, holds, make_up_for, missed_day_for, same_days
from lms.meetings import actions as meetings
from lms.meetings.models import Enrolment, Meeting
from lms.meetings.queries import seats_left_on, seats_left_on_each
from lms.notifications.actions import notify
from lms.people.actions import record
from lms.people.models import Role, access_of


class AskedAlready(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Another day has been asked for; withdraw that first."""


class NotMissed(Exception):  # noqa: N818
    """The day was neither declined nor missed, or the other one is not the same day."""


class NotOpen(Exception):  # noqa: N818
    """The request has been answered or withdrawn meanwhile."""


@transaction.atomic
def ask_make_up(*, missed: Meeting, instead: Meeting, by, now: datetime) -> MakeUp:
    """Ask to come to ``instead``; on a full day the request waits for a seat. Asking twice is one request."""
    found = missed_day_for(missed, by)
    if found is None or not same_days(found[1], now).filter(meeting=instead).exists():
        raise NotMissed
    enrolment = Enrolment.objects.select_for_update().get(pk=found[0].pk)
    if earlier := _holding(enrolment, missed, now):
        if earlier.instead_id != instead.pk:
            raise AskedAlready
        return earlier
    make_up = MakeUp(enrolment=enrolment, missed=missed, instead=instead, asked_at=now)
    make_up.state = MakeUp.State.ASKED if seats_left_on(instead, now) else MakeUp.State.WAITING
    make_up.save()
    if make_up.state == MakeUp.State.ASKED:
        _ask_coordinators(make_up, now)
    record(by=by, verb="ask_make_up", about=make_up, now=now)
    return make_up


@transaction.atomic
def agree_make_up(*, make_up: MakeUp, by, now: datetime) -> MakeUp:
    """A coordinator's yes, at home, as the host, or both; with the last one the invitation moves.

    :raises DayFull: the seat has gone meanwhile, and the request waits for the next one. The yes is kept.
    """
    make_up = _open(make_up)
    run = access_of(by).organisations(Role.PROVIDER_COORDINATOR)
    if make_up.missed.cohort.course.provider_id in run:
        make_up.home_yes_by = by
    if make_up.instead.cohort.course.provider_id in run:
        make_up.host_yes_by = by
    if make_up.home_yes_by_id and make_up.host_yes_by_id:
        _move(make_up, by, now)
    make_up.save()
    record(by=by, verb="agree_make_up", about=make_up, now=now)
    return make_up


@transaction.atomic
def refuse_make_up(*, make_up: MakeUp, reason: str, by, now: datetime) -> MakeUp:
    """A coordinator's no, with a word why. The kursist may ask elsewhere."""
    make_up = _open(make_up)
    make_up.reason = reason
    _close(make_up, MakeUp.State.REFUSED, now)
    _tell_kursist(make_up, "courses.make_up_refused", now)
    record(by=by, verb="refuse_make_up", about=make_up, now=now)
    return make_up


@transaction.atomic
def withdraw_make_up(*, make_up: MakeUp, by, now: datetime) -> MakeUp:
    """The kursist does not want the other day after all; an agreed seat is given back. Twice is once."""
    make_up = _locked(make_up)
    if make_up.state in {MakeUp.State.REFUSED, MakeUp.State.WITHDRAWN}:
        return make_up
    if make_up.state == MakeUp.State.AGREED:
        meetings.take_off_make_up(**_days(make_up), by=by, now=now)
    _close(make_up, MakeUp.State.WITHDRAWN, now)
    record(by=by, verb="withdraw_make_up", about=make_up, now=now)
    return make_up


@transaction.atomic
def offer_freed_days(*, now: datetime) -> int:
    """Put requests that waited for a seat before the coordinators, the oldest first; returns how many."""
    waiting = MakeUp.objects.filter(state=MakeUp.State.WAITING, instead__in=Meeting.objects.upcoming(now).values("pk"))
    waiting = waiting.select_related("instead__cohort__course", "missed__cohort__course", "enrolment__person")
    rows = list(waiting.select_for_update(of=("self",)))
    days = {row.instead_id: row.instead for row in rows}
    left, asked = seats_left_on_each(list(days.values()), now), asked_already(list(days))
    free = {pk: left[pk] - asked.get(pk, 0) for pk in days}
    offered = 0
    for row in rows:
        if free[row.instead_id] > 0:
            free[row.instead_id] -= 1
            offered += 1
            _offer(row, now)
    return offered


def _offer(make_up: MakeUp, now: datetime) -> None:
    make_up.state = MakeUp.State.ASKED
    make_up.save(update_fields=["state"])
    if not (make_up.home_yes_by_id and make_up.host_yes_by_id):
        _ask_coordinators(make_up, now)
        return
    _move(make_up, make_up.host_yes_by, now)
    make_up.save()


def _move(make_up: MakeUp, by, now: datetime) -> None:
    """Both have said yes. Without a seat, or without a day, the request waits or ends; it never overfills the day."""
    try:
        meetings.invite_to_make_up(**_days(make_up), by=by, now=now)
    except meetings.DayFull:
        make_up.state = MakeUp.State.WAITING
    except meetings.DayGone:
        make_up.state, make_up.closed_at = MakeUp.State.WITHDRAWN, now
    else:
        make_up.state, make_up.closed_at = MakeUp.State.AGREED, now
        _tell_kursist(make_up, "courses.make_up_agreed", now)


def _days(make_up: MakeUp) -> dict:
    return {"person": make_up.enrolment.person, "missed": make_up.missed, "instead": make_up.instead}


def _holding(enrolment: Enrolment, missed: Meeting, now: datetime) -> MakeUp | None:
    """An earlier request that still stands; one whose day has gone by unanswered stands no more."""
    earlier = make_up_for(enrolment, missed)
    if earlier is None or holds(earlier, now):
        return earlier
    if earlier.state in {MakeUp.State.ASKED, MakeUp.State.WAITING}:
        _close(earlier, MakeUp.State.WITHDRAWN, now)
    return None


def _locked(make_up: MakeUp) -> MakeUp:
    rows = MakeUp.objects.select_related("enrolment__person", "missed__cohort__course", "instead__cohort__course")
    return rows.select_for_update(of=("self",)).get(pk=make_up.pk)


def _open(make_up: MakeUp) -> MakeUp:
    make_up = _locked(make_up)
    if make_up.state not in {MakeUp.State.ASKED, MakeUp.State.WAITING}:
        raise NotOpen
    return make_up


def _close(make_up: MakeUp, state: str, now: datetime) -> None:
    make_up.state, make_up.closed_at = state, now
    make_up.save(update_fields=["state", "reason", "closed_at"])


def _ask_coordinators(make_up: MakeUp, now: datetime) -> None:
    outbox = make_up.instead.cohort.outbox
    recipients = coordinators_of(make_up)
    notify(recipients=recipients, occasion="courses.make_up_asked", about=make_up, now=now, outbox=outbox)


def _tell_kursist(make_up: MakeUp, occasion: str, now: datetime) -> None:
    recipients, outbox = [make_up.enrolment.person], make_up.missed.cohort.outbox
    notify(recipients=recipients, occasion=occasion, about=make_up, now=now, outbox=outbox)
