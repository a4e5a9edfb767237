"""Dates as people say them. ``now`` is always an argument: nothing here reads the clock."""

from datetime import date, datetime

from django import template
from django.utils import dateformat
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext

register = template.Library()

SOON_DAYS = 14


@register.filter
def day(value: datetime | date, now: datetime) -> str:
    """Weekday, day and month; the year only when it is not this one."""
    if _local(value).year == localtime(now).year:
        return pgettext("date", "%(weekday)s %(day)s %(month)s") % _parts(value)
    return full_day(value)


@register.filter
def full_day(value: datetime | date) -> str:
    """A day with its year, as subjects and certificates want it."""
    return pgettext("date", "%(weekday)s %(day)s %(month)s %(year)s") % _parts(value)


@register.filter
def day_month(value: datetime, now: datetime) -> str:
    """A day without its weekday, for what has already been."""
    if localtime(value).year == localtime(now).year:
        return pgettext("date", "%(day)s %(month)s") % _parts(value)
    return pgettext("date", "%(day)s %(month)s %(year)s") % _parts(value)


@register.filter
def clock(value: datetime) -> str:
    return dateformat.format(localtime(value), pgettext("time format", "G:i"))


@register.filter
def hours(starts_at: datetime, ends_at: datetime | None = None) -> str:
    """From when to when on a day."""
    if ends_at is None:
        return pgettext("time", "at %(start)s") % {"start": clock(starts_at)}
    return pgettext("time", "%(start)s–%(end)s") % {"start": clock(starts_at), "end": clock(ends_at)}


@register.filter
def moment(value: datetime, now: datetime) -> str:
    """Day and time in one line."""
    return f"{day(value, now)} {hours(value)}"


@register.filter
def soon(value: datetime, now: datetime) -> str:
    """How long until then, within a fortnight; nothing for what is past or further away."""
    days = (localtime(value).date() - localtime(now).date()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if 1 < days <= SOON_DAYS:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ""


def _local(value: datetime | date) -> datetime | date:
    """A moment by the clock here; a deadline is a day already."""
    return localtime(value) if isinstance(value, datetime) else value


def _parts(value: datetime | date) -> dict:
    local = _local(value)
    return {"weekday": WEEKDAYS[local.weekday()], "day": local.day, "month": MONTHS[local.month], "year": local.year}
