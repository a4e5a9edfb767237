"""Calculation over plain data: no database, no request, no clock."""

from collections.abc import Iterator


def texts_of_stream(raw) -> Iterator[str]:
    """What people typed into a stream's raw data; the blocks' own ids are nobody's text."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for key, part in raw.items():
            if key not in {"id", "type"}:
                yield from texts_of_stream(part)
    elif isinstance(raw, (list, tuple)):
        for part in raw:
            yield from texts_of_stream(part)


def total_minutes(tasks: list[dict]) -> int:
    """How long all tasks take; those without a figure count nothing."""
    return sum(task["minutes"] or 0 for task in tasks)
