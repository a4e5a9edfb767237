"""Telling people: rows written with the change they tell of, sent afterwards by whoever wakes up first."""

import logging
import smtplib
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation
from kombu.exceptions import OperationalError

from lms.notifications.methods import CalendarPart, Mail, occasion_for
from lms.notifications.models import Notice, PausedOutbox

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
BATCH = 50
LONGEST_WAIT = timedelta(minutes=15)
TRIES_BEFORE_PARKED = 5
PERMANENT = 500
SENDER = "lms.notifications.tasks.send_waiting_notices"


def notify(
    *,
    recipients,
    occasion: str,
    about,
    now: datetime,
    revision: int = 0,
    due_at: datetime | None = None,
    outbox: str = "",
) -> None:
    """Write one notice for each recipient, in the caller's transaction; the same notice twice stays one."""
    key = {"occasion": occasion, "object_id": about.pk, "revision": revision}
    notices = [
        Notice(recipient=person, created_at=now, due_at=due_at or now, outbox=outbox, **key) for person in recipients
    ]
    write(notices)


def write(notices: list[Notice]) -> None:
    """Notices about many things at once, in the caller's transaction; one that is there already stays as it is."""
    for notice in notices:
        notice.message_key = notice.derived_key()
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    wake_on_commit()


def wake_on_commit() -> None:
    """Wake the sender when the transaction is through: once, however many notices were written in it."""
    waiting = [hook[1] for hook in connection.run_on_commit]
    if wake_sender not in waiting:
        transaction.on_commit(wake_sender, robust=True)


def wake_sender() -> None:
    """By name, because tasks stand above actions. A dead broker only means waiting for the scan each minute."""
    try:
        current_app.send_task(SENDER)
    except (OSError, OperationalError) as error:
        logger.warning("The sender could not be woken: %s", type(error).__name__)


@transaction.atomic
def claim(*, now: datetime, limit: int, lease: timedelta = LEASE) -> list[Notice]:
    """Lease up to ``limit`` due notices; a second sender skips them until the lease is over."""
    notices = list(Notice.objects.claimable(now).select_for_update(skip_locked=True)[:limit])
    for notice in notices:
        notice.state, notice.leased_until = Notice.State.SENDING, now + lease
    Notice.objects.bulk_update(notices, ["state", "leased_until"])
    return notices


def send_waiting(*, now: datetime, limit: int = BATCH, lease: timedelta = LEASE) -> int:
    """Claim, send and mark one batch. Returns how many notices were dealt with: ask again until there are none.

    A batch at a time, because a lease counts from ``now``: a long queue would otherwise be leased in the past.
    """
    notices = claim(now=now, limit=limit, lease=lease)
    if not notices:
        return 0
    try:
        with get_connection() as mail_server:
            for notice in notices:
                deliver(notice=notice, connection=mail_server, now=now)
    except (smtplib.SMTPException, OSError) as error:  # nobody answers: those not dealt with come again
        for notice in notices:
            _wait(notice, error, now)
    return len(notices)


def deliver(*, notice: Notice, connection, now: datetime) -> None:
    """Send one leased notice and mark it. Right and state are asked again here, by the occasion."""
    if not _leased(notice).exists():  # the batch took longer than the lease, and somebody else has taken over
        return
    try:
        mail = occasion_for(notice.occasion).load(notice, now)
        if mail is None:
            _mark(notice, state=Notice.State.DROPPED)
            return
        compose(notice=notice, mail=mail, connection=connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        _refused(notice, error, now)
    except (smtplib.SMTPException, OSError) as error:
        _wait(notice, error, now)
    except Exception as error:  # one notice that cannot be rendered must not stop the others
        logger.exception("Notice %s could not be sent", notice.pk)
        _wait_or_park(notice, error, now)
    else:
        _sent(notice, now)


def mark_bounced(*, message_key: str, failed: dict[str, str]) -> bool:
    """The mail came back: ``failed`` holds the addresses that refused it, each with its status.

    Only about a mail that has gone, and only from where it went: a report about somebody else's address is not ours.
    """
    notice = Notice.objects.select_related("recipient").filter(message_key=message_key).first()
    status = failed.get(notice.recipient.email.lower()) if notice else None
    if notice is None or status is None:
        return False
    Notice.objects.filter(pk=notice.pk, state=Notice.State.SENT).update(state=Notice.State.BOUNCED, failure=status)
    return True


@transaction.atomic
def retry(*, outbox: str, now: datetime, only: int | None = None) -> list[Notice]:
    """What failed or came back waits again: all of an outbox, or one. Returns them as they were."""
    undelivered = Notice.objects.undelivered(outbox).select_for_update()
    notices = list(undelivered if only is None else undelivered.filter(pk=only))
    fresh = {"state": Notice.State.WAITING, "due_at": now, "sent_at": None, "attempts": 0, "failure": ""}
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(**fresh)
    wake_on_commit()
    return notices


def pause_outbox(*, outbox: str, by, now: datetime) -> bool:
    """Hold back what waits, and what is written from now on. Returns whether it was running."""
    held = {"paused_at": now, "paused_by": by}
    return PausedOutbox.objects.get_or_create(outbox=outbox, defaults=held)[1]


def resume_outbox(*, outbox: str) -> bool:
    """Let go of what was held; what is no longer due is dropped as it is sent. Returns whether it was paused."""
    count, _by_model = PausedOutbox.objects.filter(outbox=outbox).delete()
    wake_on_commit()
    return bool(count)


def compose(*, notice: Notice, mail: Mail, connection=None) -> EmailMultiAlternatives:
    """The message of a notice: text, HTML and, for meetings, the calendar as an alternative part."""
    context = {"base_url": settings.BASE_URL, "recipient": notice.recipient, **mail.context}
    with translation.override(notice.recipient.language):
        subject, text, html = (
            render_to_string(f"emails/{mail.template}.{part}", context) for part in ("subject.txt", "txt", "html")
        )
    message = EmailMultiAlternatives(
        # "=?" begins a code in which a title could say anything, line breaks too, to the program that shows the mail.
        subject=" ".join(subject.split()).replace("=?", "= ?"),
        body=text.strip() + "\n",
        to=[notice.recipient.email],
        connection=connection,
        headers={"Message-ID": f"<{notice.message_key}@{message_domain()}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    if mail.calendar:
        _attach_calendar(message, mail.calendar)
    return message


def message_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"


def _attach_calendar(message: EmailMultiAlternatives, calendar: CalendarPart) -> None:
    message.attach_alternative(calendar.body.decode(), f"text/calendar; method={calendar.method}")


def _leased(notice: Notice):
    """The row, as long as this lease holds: every claim has a later end than the one before."""
    return Notice.objects.filter(pk=notice.pk, state=Notice.State.SENDING, leased_until=notice.leased_until)


def _mark(notice: Notice, **values) -> None:
    _leased(notice).update(leased_until=None, **values)


@transaction.atomic
def _sent(notice: Notice, now: datetime) -> None:
    """Whoever holds the lease by now: a mail that has gone has gone."""
    sent = {"state": Notice.State.SENT, "sent_at": now, "failure": ""}
    Notice.objects.filter(pk=notice.pk).update(leased_until=None, **sent)
    if remember := occasion_for(notice.occasion).sent:
        remember(notice, now)


def _refused(notice: Notice, error: smtplib.SMTPRecipientsRefused, now: datetime) -> None:
    """A mailbox that does not exist stays away; one that is full or greylisted (4xx) is asked again."""
    if all(code >= PERMANENT for code, _words in error.recipients.values()):
        _mark(notice, state=Notice.State.FAILED, failure="address refused")
    else:
        _wait(notice, error, now)


def _wait(notice: Notice, error: Exception, now: datetime) -> None:
    """Try again after 1, 2, 4 … at most 15 minutes: a mail server that is down comes back."""
    pause = min(timedelta(minutes=2 ** min(notice.attempts, 4)), LONGEST_WAIT)
    _mark(
        notice,
        state=Notice.State.WAITING,
        attempts=notice.attempts + 1,
        due_at=now + pause,
        failure=type(error).__name__,
    )


def _wait_or_park(notice: Notice, error: Exception, now: datetime) -> None:
    if notice.attempts + 1 >= TRIES_BEFORE_PARKED:
        _mark(notice, state=Notice.State.FAILED, attempts=notice.attempts + 1, failure=type(error).__name__)
    else:
        _wait(notice, error, now)
