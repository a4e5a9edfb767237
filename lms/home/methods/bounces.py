"""Reads delivery failures: which of our mails came back, from whom, and why (RFC 3464)."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from lms.formats.mails import UnreadableMail, read_mail

MESSAGE_KEY = re.compile(r"<([0-9a-f]{32})@[^<>\s]+>")
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")
RETURNED = {"message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "message/global-headers"}


@dataclass(frozen=True)
class Bounce:
    """``failed`` holds addresses with the status each was refused with; a mail only delayed has none."""

    message_key: str
    failed: dict[str, str]


def read_bounce(raw: bytes) -> Bounce | None:
    """The delivery failure in a mail, or nothing when it is no report about one of ours."""
    try:
        message = read_mail(raw)
    except UnreadableMail:
        return None
    is_report = str(message.get_param("report-type") or "").lower() == "delivery-status"
    if message.get_content_type() != "multipart/report" or not is_report:
        return None
    match = MESSAGE_KEY.search(_original_id(message))
    return Bounce(match[1], _failed(message)) if match else None


def _original_id(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() in RETURNED:
            headers = next(_inside(part), None) or email.message_from_string(_text(part))
            return str(headers.get("Message-ID", ""))
    return ""


def _inside(part: Message) -> Iterator[Message]:
    """The messages in a part: the mail that is returned, or the blocks of a report."""
    if part.is_multipart():  # asked first, because reading any other part trusts the character set it claims
        yield from (block for block in part.get_payload() if isinstance(block, Message))


def _text(part: Message) -> str:
    body = part.get_payload(decode=True)
    return body.decode("ascii", errors="replace") if isinstance(body, bytes) else ""


def _failed(message: Message) -> dict[str, str]:
    blocks = [
        block
        for part in message.walk()
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}
        for block in _inside(part)
    ]
    found = {}
    for block in blocks:
        status = PERMANENT.match(str(block.get("Status", "")).strip())
        if str(block.get("Action", "")).strip().lower() == "failed" and status:
            found[_recipient(block)] = status[0]
    return found


def _recipient(block: Message) -> str:
    """The address we wrote to, where the report tells it, else the one it was passed on to."""
    value = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return value.partition(";")[2].strip().strip("<>").lower()
