"""Calendar parts read twice: by icalendar, and by hand from the raw lines, so that one parser's leniency hides nothing."""

import email
import email.policy
import re

from django.core import mail
from icalendar import Calendar

from lms.notifications.actions import send_waiting


def unfolded(body: bytes) -> list[str]:
    """The content lines of a calendar; every break must be CRLF and no line longer than 75 bytes (RFC 5545, 3.1)."""
    raw = body.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    assert max(map(len, raw)) <= 75
    return re.sub(rb"\r\n[ \t]", b"", body).decode().rstrip("\r\n").split("\r\n")


def by_hand(body: bytes) -> dict[str, str]:
    """Property name with its parameters → value, of the only VEVENT without its alarm; plus METHOD."""
    lines = unfolded(body)
    start, ends = lines.index("BEGIN:VEVENT"), ("BEGIN:VALARM", "END:VEVENT")
    end = next(number for number, line in enumerate(lines) if line in ends)
    method = next(line for line in lines if line.startswith("METHOD:"))
    return dict(line.split(":", 1) for line in [method, *lines[start + 1 : end]] if not line.startswith("ATTENDEE"))


def events(body: bytes) -> list:
    return Calendar.from_ical(body).walk("VEVENT")


def delivered(now) -> list:
    """What reaches the mailboxes when the sender runs at ``now``, oldest first, with the line ends of SMTP."""
    mail.outbox.clear()
    while send_waiting(now=now):
        pass
    wire = [message.message().as_bytes(linesep="\r\n") for message in mail.outbox]
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in wire]


def calendar_part(message):
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return part


def calendar_body(message) -> bytes:
    return calendar_part(message).get_payload(decode=True)
