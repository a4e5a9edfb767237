"""Reads the maildir that the demo's e-mail backend writes."""

import mailbox
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

CALENDAR_FIELDS = ("METHOD", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "STATUS", "SEQUENCE", "UID")


@dataclass(frozen=True)
class ReadMail:
    """A mail as the mailbox page shows it; ``calendar`` holds the fields of its calendar part, in reading order."""

    key: str
    subject: str
    to: str
    sent_at: datetime | None
    text: str = ""
    calendar: list[tuple[str, str]] = field(default_factory=list)


def messages_in(folder: Path) -> list[ReadMail]:
    """Every mail in ``folder``, the newest first."""
    if not folder.exists():
        return []
    box = mailbox.Maildir(folder, create=False)
    mails = [_read(key, box.get_bytes(key)) for key in box.keys()]  # noqa: SIM118 - a mailbox is no dict
    return sorted(mails, key=lambda mail: (mail.sent_at.timestamp() if mail.sent_at else 0, mail.key), reverse=True)


def read_message(folder: Path, key: str) -> ReadMail | None:
    """The mail called ``key``, or nothing."""
    if not folder.exists():
        return None
    box = mailbox.Maildir(folder, create=False)
    try:
        return _read(key, box.get_bytes(key))
    except KeyError:
        return None


def _read(key: str, raw: bytes) -> ReadMail:
    message = message_from_bytes(raw, policy=policy.default)
    return ReadMail(
        key=key,
        subject=str(message["Subject"] or "").strip(),  # a folded header begins with the blank it was folded at
        to=str(message["To"] or ""),
        sent_at=_moment(str(message["Date"] or "")),
        text=_part(message, "text/plain"),
        calendar=_calendar(_part(message, "text/calendar")),
    )


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _part(message: EmailMessage, content_type: str) -> str:
    for part in message.walk():
        if part.get_content_type() == content_type:
            return _text(part)
    return ""


def _text(part: EmailMessage) -> str:
    try:
        return part.get_content()
    except LookupError:  # a character set nobody knows
        payload = part.get_payload(decode=True)
        return payload.decode("ascii", errors="replace") if isinstance(payload, bytes) else ""


def _calendar(body: str) -> list[tuple[str, str]]:
    """The lines of the VEVENT a person would look at; the time zone's own DTSTARTs are left out."""
    unfolded = body.replace("\r\n", "\n").replace("\n ", "")
    head, _, event = unfolded.partition("BEGIN:VEVENT")
    lines = [line for line in head.splitlines() if line.startswith("METHOD")] + event.splitlines()
    named = [(line.partition(":")[0].partition(";")[0], line.partition(":")[2]) for line in lines]
    return [(name, value.replace("\\,", ",").replace("\\n", " ")) for name, value in named if name in CALENDAR_FIELDS]
