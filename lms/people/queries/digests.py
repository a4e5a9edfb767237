"""A day of a log as one number, which is kept off the machine: whoever changes a row later changes the number."""

import hashlib
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lms.people.models import AuditEntry, Opening

NOTHING = "0" * 64
CHANGES, OPENINGS = LOGS = ("changes", "openings")
COLUMNS = {
    CHANGES: ("pk", "actor_id", "verb", "object_type", "object_id", "reason", "moment"),
    OPENINGS: ("pk", "person_id", "owner_id", "role", "object_type", "object_id", "reason", "hour"),
}


def digest_of(log: str, day: date, previous: str = NOTHING) -> tuple[str, int]:
    """SHA-256 over the log's rows of ``day`` in their order, each with what came before it; and how many there were.

    :param previous: the number of the day before, so that the days hang together too.
    """
    digest, count = previous, 0
    for row in _rows(log, _midnight(day), _midnight(day + timedelta(days=1))):
        line = "|".join([digest, *map(_plain, row)])
        digest, count = hashlib.sha256(line.encode()).hexdigest(), count + 1
    # A day without rows has a number of its own as well, or it could be left out.
    return hashlib.sha256(f"{digest}|{log}|{day}|{count}".encode()).hexdigest(), count


def _rows(log: str, begins: datetime, ends: datetime):
    if log == CHANGES:
        found = AuditEntry.objects.filter(moment__gte=begins, moment__lt=ends).order_by("pk")
    else:
        found = Opening.objects.filter(hour__gte=begins, hour__lt=ends).order_by("pk")
    return found.values_list(*COLUMNS[log]).iterator()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _plain(value) -> str:
    """The same on both databases."""
    return f"{value.timestamp():.6f}" if isinstance(value, datetime) else str(value)
