"""Answers that calendar programs send (METHOD:REPLY of RFC 5546, in a mail as RFC 6047): bytes in, plain data out.

Read by hand, line by line: what is looked for is six lines, and whoever writes them is not to be trusted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from typing import cast

from lms.formats.mails import UnreadableMail, read_mail, text_of

MAX_COMPONENTS = 100
LARGEST_SEQUENCE = 10**9
LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:])*)*):(.*)', re.DOTALL)
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)')
STAMP = re.compile(r"(\d{8}T\d{6})Z?")
REPEATING = ("RECURRENCE-ID", "RRULE", "RDATE", "EXRULE", "EXDATE")


class NotAReply(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """No answer in the mail; ``reason`` is ``no_reply``, ``unreadable`` or ``unsupported``."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Reply:
    uid: str
    attendee: str
    partstat: str
    sequence: int
    dtstamp: datetime


@dataclass(frozen=True)
class Property:
    value: str
    parameters: dict[str, str]


def read_reply(raw: bytes) -> Reply:
    """The answer in a mail.

    :raises NotAReply: when there is none, or one that cannot be acted on.
    """
    try:
        message = read_mail(raw)
    except UnreadableMail as error:
        raise NotAReply("unreadable") from error
    return reply_in(message)


def reply_in(message: Message) -> Reply:
    parts = [part for part in _own_parts(message) if part.get_content_type() in {"text/calendar", "application/ics"}]
    if not parts:
        raise NotAReply("no_reply")
    return _reply(text_of(parts[0]))


def _own_parts(message: Message) -> Iterator[Message]:
    """Not those of a mail inside the mail: what somebody forwards or returns is not their own word."""
    yield message
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            yield from _own_parts(cast("Message", part))


def _reply(text: str) -> Reply:
    if "\x00" in text:
        raise NotAReply("unreadable")
    method, event = _fields(text)
    if method != "REPLY" or any(name in event for name in REPEATING):
        raise NotAReply("unsupported")
    attendee = _only(event, "ATTENDEE")
    return Reply(
        uid=_only(event, "UID").value.strip(),
        attendee=_address(attendee.value),
        partstat=attendee.parameters.get("PARTSTAT", "").upper(),
        sequence=_sequence(event),
        dtstamp=_moment(_only(event, "DTSTAMP").value),
    )


def _fields(text: str) -> tuple[str, dict[str, list[Property]]]:
    """The method, and the properties of the only VEVENT; what stands in a part of it, as an alarm, is passed by."""
    events: list[dict[str, list[Property]]] = []
    path: list[str] = []
    method, count = "", 0
    for name, field in _lines(text):
        if name == "BEGIN":
            path.append(field.value.strip().upper())
            count += 1
            events += [{}] if path == ["VCALENDAR", "VEVENT"] else []
        elif name == "END":
            _close(path, field.value.strip().upper())
        elif path == ["VCALENDAR"] and name == "METHOD":
            method = field.value.strip().upper()
        elif path == ["VCALENDAR", "VEVENT"]:
            events[-1].setdefault(name, []).append(field)
        if count > MAX_COMPONENTS:
            raise NotAReply("unreadable")
    if path:
        raise NotAReply("unreadable")
    if len(events) != 1:
        raise NotAReply("unsupported")
    return method, events[0]


def _close(path: list[str], name: str) -> None:
    if not path or path.pop() != name:
        raise NotAReply("unreadable")


def _lines(text: str) -> Iterator[tuple[str, Property]]:
    """Every line that is one; a stray one, as real calendars hold them, is passed by."""
    for line in re.split(r"\r\n|\n|\r", re.sub(r"\r?\n[ \t]", "", text)):
        if match := LINE.fullmatch(line.lstrip("\ufeff")):
            given = {key.upper(): value.strip('"') for key, value in PARAMETER.findall(match[2])}
            yield match[1].upper(), Property(match[3], given)


def _only(event: dict[str, list[Property]], name: str) -> Property:
    found = event.get(name, [])
    if len(found) != 1:
        raise NotAReply("unsupported" if found else "unreadable")
    return found[0]


def _address(value: str) -> str:
    scheme, _, address = value.strip().partition(":")
    if scheme.lower() != "mailto":
        raise NotAReply("unreadable")
    return address.strip().lower()


def _sequence(event: dict[str, list[Property]]) -> int:
    """Nothing means 0 (RFC 5545, 3.8.7.4); what no calendar counts to is the same as one more than that."""
    if "SEQUENCE" not in event:
        return 0
    digits = _only(event, "SEQUENCE").value.strip()
    if not re.fullmatch(r"[0-9]+", digits):
        raise NotAReply("unreadable")
    return int(digits) if len(digits) < len(str(LARGEST_SEQUENCE)) else LARGEST_SEQUENCE


def _moment(value: str) -> datetime:
    match = STAMP.fullmatch(value.strip())
    try:
        return datetime.strptime(match[1] if match else "", "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotAReply("unreadable") from error
