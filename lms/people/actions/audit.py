"""What every other action notes of itself: one row, one INSERT."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from lms.people.methods.verbs import COARSE
from lms.people.models import AuditEntry, Opening

# Kept for as long as a wrong can be looked into; the triggers of the database let nothing younger be deleted.
KEPT = timedelta(days=5 * 366)
OPENINGS_KEPT = timedelta(days=2 * 366)


class TooPrecise(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Such an act is noted coarsely, or somebody could be found through it."""


def record(*, by, verb: str, about, now: datetime, reason: str = "") -> AuditEntry:
    """Note that ``by`` did ``verb`` to ``about``: ids and the moment, never a name or a text.

    ``verb`` is one of ``lms.people.methods.verbs``, ``reason`` one of ``AuditEntry.Reason``.
    """
    kind, by_id = about._meta.label_lower, by.pk if by else None
    return record_number(by_id=by_id, verb=verb, kind=kind, number=about.pk, now=now, reason=reason)


def record_number(
    *, by_id: int | None, verb: str, kind: str, number: int | None, now: datetime, reason: str = ""
) -> AuditEntry:
    """As ``record``, for those who have numbers in their hands already."""
    if verb in COARSE:
        raise TooPrecise(verb)
    return AuditEntry.objects.create(
        actor_id=by_id, verb=verb, object_type=kind, object_id=number, reason=reason, moment=now
    )


def record_coarsely(*, verb: str, kind, now: datetime) -> AuditEntry:
    """Note that ``verb`` was done on that day to something of ``kind`` (a model): nothing that leads to whom or what.

    Its number is drawn by lot and negative: one of the row's own would stand between the rows before and after it, and
    those have an actor and a moment.
    """
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return AuditEntry.objects.create(
        pk=-secrets.randbelow(2**62) - 1, verb=verb, object_type=kind._meta.label_lower, moment=midnight
    )


def note_openings(*, by, things: Iterable, role: str, now: datetime, reason: str = "") -> None:
    """Note that ``by`` opened others' confidential ``things``, once an hour: one INSERT and no question before.

    :param things: pairs of a row and the number of the person it belongs to; one's own are nobody's business.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    openings = [
        Opening(
            person_id=by.pk,
            owner_id=owner_id,
            role=role,
            object_type=thing._meta.label_lower,
            object_id=thing.pk,
            hour=hour,
            reason=reason,
        )
        for thing, owner_id in things
        if owner_id != by.pk
    ]
    if openings:
        Opening.objects.bulk_create(openings, ignore_conflicts=True)
