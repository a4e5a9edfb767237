"""When a day is reminded of, in which words unless the provider has its own, and what may stand for what in them."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

BEFORE = {"week_before": 7, "day_before": 1}
MORNING, EVENING, NEXT_MORNING = time(7), time(19), time(8)
# A run that is late still reminds; a day that is set later than this after the moment has only its invitation.
PLANNED_FOR = timedelta(hours=12)
AFTER_IS_STALE = timedelta(hours=36)
PLACEHOLDERS = ("fornavn", "dag", "dato", "tid", "sted", "link")
PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
IN_BRACES = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Words:
    """A reminder as it is sent: the defaults, or what a provider has written instead."""

    subject: str | Promise
    text: str | Promise
    is_on: bool = True
    only_unanswered: bool = False


def is_before(moment: str) -> bool:
    return moment in BEFORE


def comes_at(moment: str, starts_at: datetime, ends_at: datetime) -> datetime:
    """By the clock on the wall, whatever the clocks do in between; in the evening once the day is over."""
    if is_before(moment):
        return _local(starts_at, -BEFORE[moment], MORNING)
    if moment == "same_evening":
        return max(_local(ends_at, 0, EVENING), ends_at)
    return _local(ends_at, 1, NEXT_MORNING)


def is_stale(moment: str, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """»In a week« is untrue from the day before, »tomorrow« once the day has begun, thanks after a day and a half."""
    if moment == "week_before":
        return now >= comes_at("day_before", starts_at, ends_at)
    if moment == "day_before":
        return now >= starts_at
    return now >= comes_at(moment, starts_at, ends_at) + AFTER_IS_STALE


def is_due(moment: str, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    due_at = comes_at(moment, starts_at, ends_at)
    return due_at <= now < due_at + PLANNED_FOR and not is_stale(moment, starts_at, ends_at, now)


def filled(text: str | Promise, values: dict[str, str]) -> str:
    """Placeholders replaced in one go: braces elsewhere, also in a name, stay as they are."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], str(text))


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and would go out as it is."""
    return [found for found in IN_BRACES.findall(text) if not PLACEHOLDER.fullmatch(found)]


def _local(moment: datetime, days: int, at: time) -> datetime:
    here = localtime(moment)
    return datetime.combine(here.date() + timedelta(days=days), at, tzinfo=here.tzinfo)


DEFAULTS = {
    ("teaching", "week_before"): Words(_("In a week: {dag}"), _("We look forward to seeing you {dato} {tid}.")),
    ("teaching", "day_before"): Words(_("Tomorrow: {dag}"), _("We meet tomorrow {tid}.")),
    ("teaching", "same_evening"): Words(
        _("Thank you for today: {dag}"), _("What did you get out of the day? Tell us while it is fresh.")
    ),
    ("teaching", "day_after"): Words(
        _("After {dag}"), _("What will you try first? Write it down while you remember it.")
    ),
    ("supervision", "week_before"): Words(
        _("In a week: {dag}"), _("We look forward to seeing you {dato} {tid}. Think of what you want to bring.")
    ),
    ("supervision", "day_before"): Words(
        _("Tomorrow: {dag}"), _("We meet tomorrow {tid}. Bring what you want to talk about.")
    ),
    ("supervision", "same_evening"): Words(
        _("Thank you for today: {dag}"), _("What did the supervision give you? Tell us while it is fresh.")
    ),
    ("supervision", "day_after"): Words(
        _("After {dag}"), _("What do you take with you from the supervision? Write it down while you remember it.")
    ),
}
