"""Which half days a meeting fills: attendance is counted by them."""

from datetime import datetime, time

NOON = time(12)
AFTER_LUNCH = time(13)


def halves_between(starts_at: datetime, ends_at: datetime) -> list[str]:
    """The half days between two local times; a meeting over lunch alone counts as the afternoon."""
    morning = starts_at.time() < NOON
    afternoon = ends_at.time() > AFTER_LUNCH or ends_at.date() > starts_at.date() or not morning
    return [half for half, is_filled in (("morning", morning), ("afternoon", afternoon)) if is_filled]


def start_of(half: str, starts_at: datetime) -> datetime:
    """When a half day of a meeting begins, in local time: with the meeting, or after lunch."""
    if half == "morning" or starts_at.time() >= NOON:
        return starts_at
    return starts_at.replace(hour=AFTER_LUNCH.hour, minute=0, second=0, microsecond=0)
