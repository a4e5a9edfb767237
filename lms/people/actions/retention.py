"""Time limits: what the register says has been kept long enough."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils.timezone import localdate

from lms.people.methods.privacy import Line, the_register
from lms.people.models import RetentionCount
from lms.people.queries.personal import all_rows, model_of

BATCH = 500


def too_old(line: Line, now: datetime) -> models.QuerySet:
    """Rows older than the limit; those on it stay."""
    since = line.keep.since
    limit = now - timedelta(days=line.keep.days)
    is_day = not isinstance(model_of(line)._meta.get_field(since), models.DateTimeField)
    rows = all_rows(model_of(line)).filter(**line.keep.only)
    return rows.filter(**{f"{since}__lt": localdate(limit) if is_day else limit}).order_by("pk")


def waiting_to_go(*, now: datetime) -> Iterator[tuple[Line, int]]:
    """Each line with a time limit, and how many rows would go now."""
    for line in the_register().lines:
        if line.keep:
            yield line, line.keep.waiting(now) if line.keep.waiting else too_old(line, now).count()


def keep_no_longer(*, now: datetime) -> Counter:
    """Let everything go whose time is up, a batch at a time: a stop halfway loses nothing, the next run goes on."""
    gone = Counter()
    for line in the_register().lines:
        if line.keep:
            gone[line.model] += _by_own_way(line, now) if line.keep.carry_out else sum(_batches(line, now))
    return +gone


def _by_own_way(line: Line, now: datetime) -> int:
    if count := line.keep.carry_out(now):
        note_gone(model=line.model, count=count, now=now)
    return count


def _batches(line: Line, now: datetime) -> Iterator[int]:
    while keys := list(too_old(line, now).values_list("pk", flat=True)[:BATCH]):
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
