"""Erasure asked for, regretted and carried out, with time in between to think again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from lms.notifications.actions import notify
from lms.people.actions.audit import record
from lms.people.actions.erasure import erase_person
from lms.people.models import ErasureRequest, Membership, User

COOLING_OFF = timedelta(days=14)
# Whoever has not been here for long reads mail rarely.
WARNED_BEFORE = timedelta(days=30)
LAST_WORD = timedelta(days=1)


@transaction.atomic
def ask_for_erasure(*, person: User, now: datetime) -> ErasureRequest:
    """Begin the time to think again. Asking twice is asking once."""
    return _ask(person, now, is_own=True, wait=COOLING_OFF)


def _ask(person, now, *, is_own, wait) -> ErasureRequest:
    User.objects.select_for_update().get(pk=person.pk)
    if waiting := person.erasure_requests.open().first():
        return waiting
    request = ErasureRequest.objects.create(person=person, is_own=is_own, asked_at=now, due_at=now + wait)
    notify(recipients=[person], occasion="people.erasure_asked", about=request, now=now)
    record(by=person if is_own else None, verb="asked_for_erasure", about=request, now=now)
    return request


@transaction.atomic
def regret_erasure(*, request: ErasureRequest, by: User | None, now: datetime) -> ErasureRequest:
    """The account stays. A second click changes nothing."""
    fresh = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.is_open:
        fresh.regretted_at = now
        fresh.save(update_fields=["regretted_at"])
        record(by=by, verb="regretted_erasure", about=fresh, now=now)
    return fresh


def carry_out_erasures(*, now: datetime) -> int:
    """Tell those whose last day it is, and erase those whose time is up. One person at a time: a stop loses nothing."""
    for pk in list(_to_tell(now).values_list("pk", flat=True)):
        _tell(pk, now)
    return sum(_carry_out(pk, now) for pk in list(_due(now).values_list("pk", flat=True)))


def _to_tell(now):
    return ErasureRequest.objects.open().filter(told_at=None, due_at__lte=now + LAST_WORD)


def _due(now):
    """Nobody is erased on the day they are told."""
    return ErasureRequest.objects.open().filter(due_at__lte=now, told_at__lte=now - LAST_WORD / 2)


@transaction.atomic
def _tell(pk, now):
    request = _to_tell(now).select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
    if request:
        request.told_at = now
        request.save(update_fields=["told_at"])
        notify(recipients=[request.person], occasion="people.erasure_near", about=request, now=now)


@transaction.atomic
def _carry_out(pk, now) -> int:
    request = _due(now).select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
    if request is None:
        return 0
    erase_person(person=request.person, by=request.person if request.is_own else None, now=now)
    return 1


def unused_accounts(*, unused_for: int, now: datetime):
    """People without a membership, now or to come, who have not been here for so many days; nobody is asked twice."""
    long_ago = now - timedelta(days=unused_for)
    still = Membership.objects.lasting(localdate(long_ago))
    asked = ErasureRequest.objects.filter(Q(regretted_at=None) | Q(regretted_at__gt=long_ago))
    return (
        User.objects.real()
        .filter(Q(last_login=None) | Q(last_login__lt=long_ago), created_at__lt=long_ago, is_superuser=False)
        .exclude(pk__in=still.values("person"))
        .exclude(pk__in=asked.values("person"))
        .order_by("pk")
    )


def ask_unused_accounts(*, unused_for: int, now: datetime) -> int:
    """Tell them that the account goes, unless they want to keep it."""
    people = list(unused_accounts(unused_for=unused_for, now=now))
    for person in people:
        with transaction.atomic():
            _ask(person, now, is_own=False, wait=WARNED_BEFORE)
    return len(people)
