"""Reads the demo's texts and dates."""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from lms.meetings.methods.planning import is_day_off

DATA = Path(__file__).parent / "data"
SATURDAY, SUNDAY = 5, 6
LEAD_OF_EAST = 120


@cache
def content() -> dict:
    return json.loads((DATA / "demo_content.json").read_text(encoding="utf-8"))


def municipalities() -> list[dict]:
    with (DATA / "municipalities.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def nearest_working_day(day: date) -> date:
    """Sundays move on, other days on which hardly anybody works move back."""
    step = timedelta(days=1 if day.weekday() == SUNDAY else -1)
    while day.weekday() >= SATURDAY or is_day_off(day):
        day += step
    return day


@dataclass(frozen=True)
class Clock:
    """The demo's present: everything is told in days from ``today``."""

    today: date

    def day(self, offset: int) -> date:
        return nearest_working_day(self.today + timedelta(days=offset))

    def at(self, offset: int, hour: int = 9, minute: int = 0) -> datetime:
        return self.moment(self.day(offset), hour, minute)

    def moment(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def offset_of(meta: str) -> int:
    """The day in »Dag −62 · kl. 09.00–15.30 · …«, counted from today."""
    number = meta.split("·", maxsplit=1)[0].replace("Dag", "").replace("−", "-").replace("+", "").strip()
    return int(number)


def part_of(meta: str, name: str) -> str:
    """What stands after ``name:`` in a line of parts with dots between."""
    for part in meta.split("·"):
        key, _, value = part.strip().partition(":")
        if key == name:
            return value.strip()
    return ""
