"""Pieces that several overviews share, as plain data for the templates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.meetings.models import Meeting
from lms.people.templatetags.dates import day

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """One thing to do: the first becomes the big card, the others a short list."""

    title: str
    url: str
    button: str
    kicker: str = ""
    text: str = ""
    meta: str = ""


@dataclass(frozen=True)
class NextMeeting:
    """The next day in a person's calendar."""

    meeting: Meeting
    title: str
    url: str
    answer: str = ""

    @property
    def calendar_url(self) -> str:
        return reverse("meetings:meeting_ics", args=[self.meeting.pk])


def split(tasks: list[Task]) -> dict:
    """The first task is the next one; the rest wait."""
    return {"task": tasks[0] if tasks else None, "todos": tasks[1:4]}


def minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def before(moment: datetime, now: datetime) -> str:
    return _("Before %(day)s") % {"day": day(moment, now)}
