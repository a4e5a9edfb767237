"""The outbox of a cohort: what will go, what went, and what did not arrive."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from lms.meetings.methods.reminders import DEFAULTS, comes_at, is_before
from lms.meetings.models import Cohort, DatePoll, Invitee, Meeting, Reminder
from lms.meetings.queries.reminders import is_reminded, words_by_course
from lms.notifications.models import Notice, PausedOutbox

AHEAD = timedelta(days=14)
LONGEST_BEFORE, LONGEST_AFTER = timedelta(days=8), timedelta(days=3)
PAGE_LENGTH = 50
CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}):([a-z._]{1,60}):([0-9]{1,18})")
POLLS = ("meetings.poll_asked", "meetings.poll_nudged", "meetings.poll_answered")
SEATS = ("meetings.offered", "meetings.applied", "meetings.refused", "meetings.waiting")
NOT_ABOUT_DAYS = (*POLLS, *SEATS, "meetings.cohort_cancelled")
# In words for a coordinator; also the mails of other apps that are put into a cohort's outbox.
LABELS = {
    "meetings.invited": _("Invitation"),
    "meetings.changed": _("Change of a day"),
    "meetings.cancelled": _("Day cancelled"),
    "meetings.cohort_cancelled": _("Cohort cancelled"),
    "meetings.uninvited": _("Invitation taken back"),
    "meetings.confirm_answer": _("Confirmation of an answer by e-mail"),
    "meetings.poll_asked": _("Question about dates"),
    "meetings.poll_nudged": _("Reminder about dates"),
    "meetings.poll_answered": _("All have answered about dates"),
    "meetings.reminder.week_before": _("Reminder a week before"),
    "meetings.reminder.day_before": _("Reminder the day before"),
    "meetings.reminder.same_evening": _("Reminder the same evening"),
    "meetings.reminder.day_after": _("Reminder the day after"),
    "meetings.offered": _("Offer of a seat"),
    "meetings.applied": _("Application to a local manager"),
    "meetings.refused": _("Application refused"),
    "meetings.waiting": _("Place on the waiting list"),
    "people.invited": _("Invitation to the platform"),
    "people.reminded": _("Reminder of the invitation to the platform"),
    "courses.make_up_asked": _("Question about a make-up day"),
    "courses.make_up_agreed": _("Make-up day agreed"),
    "courses.make_up_refused": _("Make-up day refused"),
}
# The first part of what a mail server says that fits (RFC 3463), or what we noted ourselves.
REASONS = (
    ("address refused", _("The mail server refused the address.")),
    ("5.1.", _("The address does not exist.")),
    ("5.2.2", _("The mailbox is full.")),
    ("5.2.", _("The mailbox takes no mail.")),
    ("5.3.4", _("The e-mail was too large.")),
    ("5.4.", _("The mail server could not be reached.")),
    ("5.7.", _("The receiver's mail filter refused the e-mail.")),
    ("5.", _("The mail server refused the e-mail.")),
)
UNKNOWN_REASON = _("The e-mail could not be made or sent. Try again, and tell us if it fails once more.")


@dataclass(frozen=True)
class Line:
    """So many mails of one kind about one thing."""

    label: str
    about: str
    at: datetime
    count: int


@dataclass(frozen=True)
class Undelivered:
    notice: Notice
    label: str
    about: str
    reason: str


@dataclass(frozen=True)
class State:
    pause: PausedOutbox | None
    undelivered: int


@dataclass(frozen=True)
class Alarm:
    is_paused: bool
    undelivered: int


def outbox_alarm(cohort: Cohort) -> Alarm:
    """What a coordinator must know who has not opened the page, in one query."""
    undelivered = Notice.objects.undelivered(cohort.outbox).order_by().values("outbox").annotate(n=Count("pk"))
    is_paused, count = (
        Cohort.objects.filter(pk=cohort.pk)
        .values_list(
            Exists(PausedOutbox.objects.filter(outbox=cohort.outbox)), Coalesce(Subquery(undelivered.values("n")), 0)
        )
        .get()
    )
    return Alarm(is_paused, count)


def outbox_state(cohort: Cohort) -> State:
    """What a coordinator must know on opening the page."""
    pause = PausedOutbox.objects.filter(outbox=cohort.outbox).select_related("paused_by").first()
    return State(pause, Notice.objects.undelivered(cohort.outbox).count())


def waiting_mails(cohort: Cohort) -> list[Line]:
    """Written, and on their way or held back."""
    waiting = Notice.objects.filter(outbox=cohort.outbox, state__in=[Notice.State.WAITING, Notice.State.SENDING])
    groups = waiting.values("occasion", "object_id").annotate(at=Min("due_at"), count=Count("pk"))
    return _lines(list(groups.order_by("at", "occasion", "object_id")))


def coming_reminders(cohort: Cohort, now: datetime) -> list[Line]:
    """Of the next 14 days, for as many as it would be today."""
    own = words_by_course([cohort.course_id])
    lines = []
    for meeting in _meetings_around(cohort, now):
        for moment in Reminder.Moment.values:
            words = own.get((cohort.course_id, meeting.kind, moment)) or DEFAULTS[meeting.kind, moment]
            at = comes_at(moment, meeting.starts_at, meeting.ends_at)
            count = sum(_would_get(invitee, moment, words) for invitee in meeting.invitees.all())
            if count and now < at <= now + AHEAD:
                lines.append(Line(str(LABELS[f"meetings.reminder.{moment}"]), meeting.title, at, count))
    return sorted(lines, key=lambda line: line.at)


def sent_mails(cohort: Cohort, after: str = "") -> tuple[list[Line], str]:
    """A page of what went, newest day first, and where the next page begins."""
    sent = Notice.objects.filter(outbox=cohort.outbox, state=Notice.State.SENT).annotate(day=TruncDate("sent_at"))
    if cursor := _cursor(after):
        day, occasion, pk = cursor
        same_day = Q(occasion__gt=occasion) | Q(occasion=occasion, object_id__gt=pk)
        sent = sent.filter(Q(day__lt=day) | Q(same_day, day=day))
    groups = sent.values("day", "occasion", "object_id").annotate(at=Max("sent_at"), count=Count("pk"))
    rows = list(groups.order_by("-day", "occasion", "object_id")[: PAGE_LENGTH + 1])
    page = rows[:PAGE_LENGTH]
    rest = "{day}:{occasion}:{object_id}".format(**page[-1]) if len(rows) > PAGE_LENGTH else ""
    return _lines(page), rest


def undelivered_mails(cohort: Cohort) -> list[Undelivered]:
    """The newest that could not be sent or came back, and why."""
    notices = Notice.objects.undelivered(cohort.outbox).select_related("recipient").order_by("-pk")[:PAGE_LENGTH]
    titles = _titles([(notice.occasion, notice.object_id) for notice in notices])
    return [
        Undelivered(
            notice,
            label_of(notice.occasion),
            titles[notice.occasion, notice.object_id],
            reason_for(notice.failure),
        )
        for notice in notices
    ]


def label_of(occasion: str) -> str:
    return str(LABELS.get(occasion, _("Another e-mail")))


def reason_for(failure: str) -> str:
    return str(next((words for start, words in REASONS if failure.startswith(start)), UNKNOWN_REASON))


def _would_get(invitee: Invitee, moment: str, words) -> bool:
    """After a day, those who have not said that they stay away; who was there is asked when it is sent."""
    stays_away = not is_before(moment) and invitee.answer == Invitee.Answer.DECLINED
    return not stays_away and is_reminded(invitee, moment, words)


def _meetings_around(cohort: Cohort, now: datetime) -> Iterable[Meeting]:
    active = Invitee.objects.active().filter(person__is_active=True)
    meetings = Meeting.objects.scheduled().filter(
        cohort=cohort, starts_at__lt=now + AHEAD + LONGEST_BEFORE, ends_at__gt=now - LONGEST_AFTER
    )
    return meetings.prefetch_related(Prefetch("invitees", active))


def _lines(rows: list[Any]) -> list[Line]:
    titles = _titles([(row["occasion"], row["object_id"]) for row in rows])
    return [
        Line(label_of(row["occasion"]), titles[row["occasion"], row["object_id"]], row["at"], row["count"])
        for row in rows
    ]


def _titles(things: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Of the day or the poll each mail is about; an invitation to the platform is about neither."""
    days = {pk for code, pk in things if _is_about_day(code)}
    polls = {pk for code, pk in things if code in POLLS}
    day_titles = dict(Meeting.objects.filter(pk__in=days).values_list("pk", "title"))
    poll_titles = dict(DatePoll.objects.filter(pk__in=polls).values_list("pk", "title"))
    titles = {thing: poll_titles.get(thing[1], "") for thing in things if thing[0] in POLLS}
    return {thing: day_titles.get(thing[1], "") if _is_about_day(thing[0]) else "" for thing in things} | titles


def _is_about_day(code: str) -> bool:
    return code.startswith("meetings.") and code not in NOT_ABOUT_DAYS


def _cursor(after: str) -> tuple[date, str, int] | None:
    """Where a page ended; whoever changes the address starts from the beginning."""
    match = CURSOR.fullmatch(after)
    try:
        return (date.fromisoformat(match[1]), match[2], int(match[3])) if match else None
    except ValueError:
        return None
