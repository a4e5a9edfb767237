"""Time limits: what the register says has been kept long enough."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils.timezone import localdate

from lms.people.methods.privacy import Keep, Line, the_register
from lms.people.models import RetentionCount
from lms.people.queries.personal import all_rows, model_of

BATCH = 500


def limited() -> Iterator[tuple[Line, Keep]]:
    return ((line, line.keep) for line in the_register().lines if line.keep)


def too_old(line: Line, keep: Keep, now: datetime) -> models.QuerySet:
    """Rows older than the limit; those on it stay."""
    limit = now - timedelta(days=keep.days)
    is_day = not isinstance(model_of(line)._meta.get_field(keep.since), models.DateTimeField)
    rows = all_rows(model_of(line)).filter(**keep.only)
    return rows.filter(**{f"{keep.since}__lt": localdate(limit) if is_day else limit}).order_by("pk")


def waiting_to_go(*, now: datetime) -> Iterator[tuple[Line, int]]:
    """Each line with a time limit, and how many rows would go now."""
    for line, keep in limited():
        yield line, keep.waiting(now) if keep.waiting else too_old(line, keep, now).count()


def keep_no_longer(*, now: datetime) -> Counter:
    """Let everything go whose time is up, a batch at a time: a stop halfway loses nothing, the next run goes on."""
    gone: Counter = Counter()
    for line, keep in limited():
        gone[line.model] = sum(_by_own_way(line, keep.carry_out, now) if keep.carry_out else _batches(line, keep, now))
    return +gone


def _by_own_way(line: Line, carry_out: Callable, now: datetime) -> Iterator[int]:
    if count := carry_out(now):
        note_gone(model=line.model, count=count, now=now)
        yield count


def _batches(line: Line, keep: Keep, now: datetime) -> Iterator[int]:
    while keys := list(too_old(line, keep, now).values_list("pk", flat=True)[:BATCH]):
        yield _let_go(line, keys, now)


@transaction.atomic
def _let_go(line: Line, keys: list, now: datetime) -> int:
    """Rows and their count in one transaction, so that the report tells of what a stopped run did."""
    all_rows(model_of(line)).filter(pk__in=keys).delete()
    note_gone(model=line.model, count=len(keys), now=now)
    return len(keys)


def note_gone(*, model: str, count: int, now: datetime) -> None:
    row, _is_new = RetentionCount.objects.get_or_create(day=localdate(now), model=model, defaults={"count": 0})
    RetentionCount.objects.filter(pk=row.pk).update(count=F("count") + count)
