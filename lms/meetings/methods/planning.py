"""Which days a rhythm comes to, and whether an hour exists on them: calculation, no calendar service."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext_lazy as _

# By month and day. The law closes three of them; on the other three, agreements give nearly everybody the day off.
FIXED_DAYS_OFF = {
    (1, 1): _("New Year's Day"),
    (6, 5): _("Constitution Day"),
    (12, 24): _("Christmas Eve"),
    (12, 25): _("Christmas Day"),
    (12, 26): _("the day after Christmas Day"),
    (12, 31): _("New Year's Eve"),
}
# The Great Prayer Day went with the year 2024.
DAYS_FROM_EASTER = {
    -3: _("Maundy Thursday"),
    -2: _("Good Friday"),
    0: _("Easter Sunday"),
    1: _("Easter Monday"),
    39: _("Ascension Day"),
    49: _("Whit Sunday"),
    50: _("Whit Monday"),
}


class HourIsMissing(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The clocks are put forward over this time of the day."""


class HourIsDoubled(Exception):  # noqa: N818
    """The clocks are put back over this time of the day, so that it happens twice."""


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    shift = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = shift - (shift // 28) * (1 - (29 // (shift + 1)) * ((21 - golden) // 11))
    weekday = (rest + 100 * century + (rest + 100 * century) // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


def is_day_off(day: date) -> bool:
    """Whether hardly anybody in Denmark is at work, weekends apart."""
    return name_of_day_off(day) != ""


def name_of_day_off(day: date) -> str:
    """What the day off on ``day`` is called; empty on other days."""
    name = FIXED_DAYS_OFF.get((day.month, day.day)) or DAYS_FROM_EASTER.get((day - easter(day.year)).days)
    return str(name or "")


def propose(first: date, *, count: int, weeks: int) -> tuple[list[date], list[date]]:
    """``count`` days on one weekday, every ``weeks`` weeks; and the days off that were passed over."""
    days: list[date] = []
    passed_over: list[date] = []
    rhythm = _every(first, timedelta(weeks=weeks))
    while len(days) < count:
        day = next(rhythm)
        (passed_over if is_day_off(day) else days).append(day)
    return days, passed_over


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """A time of the day as people write it.

    :raises HourIsMissing, HourIsDoubled: on the two days a year when it means nothing, or two things.
    """
    first, second = (datetime.combine(day, clock.replace(fold=fold), zone) for fold in (0, 1))
    if first.astimezone(UTC) > second.astimezone(UTC):
        raise HourIsMissing
    if first.astimezone(UTC) < second.astimezone(UTC):
        raise HourIsDoubled
    return first


def _every(first: date, step: timedelta) -> Iterator[date]:
    while True:
        yield first
        first += step
