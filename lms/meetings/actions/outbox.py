"""The mail about a cohort: held back, let go, and sent again."""

from datetime import datetime

from django.db import transaction

from lms.meetings.models import Cohort, Invitee
from lms.notifications import actions as notifications
from lms.notifications.models import Notice
from lms.people.actions import record

# After these a person's calendar counts as told, see lms.meetings.occasions.days.
TELLING = ("meetings.invited", "meetings.changed", "meetings.cancelled", "meetings.uninvited")


@transaction.atomic
def pause_mails(*, cohort: Cohort, by, now: datetime) -> None:
    if notifications.pause_outbox(outbox=cohort.outbox, by=by, now=now):
        record(by=by, verb="mails_paused", about=cohort, now=now)


@transaction.atomic
def resume_mails(*, cohort: Cohort, by, now: datetime) -> None:
    if notifications.resume_outbox(outbox=cohort.outbox):
        record(by=by, verb="mails_resumed", about=cohort, now=now)


@transaction.atomic
def retry_mails(*, cohort: Cohort, by, now: datetime, only: int | None = None) -> int:
    """Send again what failed or came back: all of it, or one. Returns how many wait to go."""
    notices = notifications.retry(outbox=cohort.outbox, now=now, only=only)
    _forget_told([notice for notice in notices if notice.state == Notice.State.BOUNCED])
    if notices:
        record(by=by, verb="mails_retried", about=cohort, now=now)
    return len(notices)


def _forget_told(bounced: list[Notice]) -> None:
    """A calendar mail that came back told nothing, unless a later one arrived. Else the new one would be dropped."""
    came_back = {_key(notice): _went_at(notice) for notice in bounced if notice.occasion in TELLING}
    days, people = {day for day, _person in came_back}, {person for _day, person in came_back}
    told = Notice.objects.filter(
        occasion__in=TELLING, state=Notice.State.SENT, object_id__in=days, recipient__in=people
    )
    arrived = {_key(notice) for notice in told if _went_at(notice) > came_back.get(_key(notice), _went_at(notice))}
    invitees = Invitee.objects.filter(meeting__in=days, person__in=people).values_list("pk", "meeting", "person")
    forgotten = [pk for pk, *key in invitees if tuple(key) in came_back.keys() - arrived]
    Invitee.objects.filter(pk__in=forgotten).update(last_revision_sent=None, last_sequence_sent=None)


def _key(notice: Notice) -> tuple[int, int]:
    return notice.object_id, notice.recipient_id


def _went_at(notice: Notice) -> datetime:
    return notice.sent_at or notice.created_at
