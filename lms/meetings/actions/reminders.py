"""Reminders of days: notices written when their moment has come, as many queries however many days there are."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch

from lms.meetings.methods.reminders import DEFAULTS, is_before, is_due
from lms.meetings.models import Invitee, Meeting, Reminder
from lms.meetings.queries.reminders import is_reminded, words_by_course
from lms.notifications.actions import write
from lms.notifications.models import Notice
from lms.people.actions import record

LONGEST_BEFORE, LONGEST_AFTER = timedelta(days=8), timedelta(days=3)
PREFIX = "meetings.reminder."


@transaction.atomic
def word_reminder(*, course, kind: str, moment: str, by, now: datetime, **words) -> Reminder:
    """The provider's own words, and whether and to whom it is sent: for every cohort of the course."""
    key = {"course": course, "kind": kind, "moment": moment}
    known = Reminder.objects.select_for_update().filter(**key).first()
    if known and all(getattr(known, name) == value for name, value in words.items()):
        return known
    reminder, _is_new = Reminder.objects.update_or_create(**key, defaults=words)
    record(by=by, verb="worded", about=reminder, now=now)
    return reminder


@transaction.atomic
def plan_reminders(*, now: datetime) -> int:
    """Write what is due and has not been written. Returns how many notices are new."""
    meetings = _meetings_around(now)
    own = words_by_course({meeting.cohort.course_id for meeting in meetings})
    due = [notice for meeting in meetings for notice in _due(meeting, own, now)]
    new = _unwritten(due)
    if new:
        write(new)
    return len(new)


def _meetings_around(now: datetime) -> list[Meeting]:
    active = Invitee.objects.active().filter(person__is_active=True)
    meetings = Meeting.objects.scheduled().filter(starts_at__lt=now + LONGEST_BEFORE, ends_at__gt=now - LONGEST_AFTER)
    return list(meetings.select_related("cohort").prefetch_related(Prefetch("invitees", active)))


def _due(meeting: Meeting, own: dict, now: datetime) -> list[Notice]:
    moments = [moment for moment in Reminder.Moment.values if is_due(moment, meeting.starts_at, meeting.ends_at, now)]
    notices = []
    for moment in moments:
        words = own.get((meeting.cohort.course_id, meeting.kind, moment)) or DEFAULTS[meeting.kind, moment]
        reminded = [invitee for invitee in meeting.invitees.all() if is_reminded(invitee, moment, words)]
        notices += [_notice(meeting, invitee, moment, now) for invitee in reminded]
    return notices


def _notice(meeting: Meeting, invitee: Invitee, moment: str, now: datetime) -> Notice:
    """A moved day is reminded of again; thanks are said once."""
    return Notice(
        recipient_id=invitee.person_id,
        occasion=PREFIX + moment,
        object_id=meeting.pk,
        revision=meeting.sequence if is_before(moment) else 0,
        created_at=now,
        due_at=now,
        outbox=meeting.cohort.outbox,
    )


def _unwritten(notices: list[Notice]) -> list[Notice]:
    meetings = {notice.object_id for notice in notices}
    written = Notice.objects.filter(occasion__startswith=PREFIX, object_id__in=meetings)
    keys = set(written.values_list("occasion", "object_id", "revision", "recipient_id"))
    return [one for one in notices if (one.occasion, one.object_id, one.revision, one.recipient_id) not in keys]
