"""Incoming mail: each is a delivery failure, an answer to an invitation, or refused with a reason."""

import logging
from datetime import datetime

from django.db import DatabaseError

from lms.formats.mails import MAX_BYTES
from lms.home.methods.bounces import Bounce, read_bounce
from lms.home.methods.imap import Inbox
from lms.meetings.actions import MailRefused, receive_reply
from lms.notifications.actions import mark_bounced

logger = logging.getLogger(__name__)

DEALT_WITH, REFUSED = "Behandlet", "Afvist"


def receive_mail(*, raw: bytes, now: datetime) -> None:
    """Act on one raw message.

    :raises MailRefused: with the reason, when it is nothing we can act on.
    """
    bounce = read_bounce(raw)
    if bounce is None or not settle_bounce(bounce):
        receive_reply(raw=raw, now=now)


def settle_bounce(bounce: Bounce) -> bool:
    """Whether the report was about a mail of ours, to the one it went to; one that is only late is let be."""
    return not bounce.failed or mark_bounced(message_key=bounce.message_key, failed=bounce.failed)


def receive_all(*, inbox: Inbox, now: datetime) -> int:
    """Every unread message of a mailbox, each filed when it is dealt with. Returns how many there were.

    One that nobody could foresee is put aside with the refused ones: it must not stop those behind it.
    """
    uids = inbox.unread()
    for uid in uids:
        inbox.file(uid, _folder_after(inbox.raw(uid, limit=MAX_BYTES + 1), now))
    return len(uids)


def _folder_after(raw: bytes, now: datetime) -> str:
    try:
        receive_mail(raw=raw, now=now)
    except MailRefused:
        return REFUSED
    except DatabaseError:  # ours is the fault, and the mail comes again when it is mended
        raise
    except Exception:
        logger.exception("An incoming mail could not be read")
        return REFUSED
    return DEALT_WITH
