"""Incoming mail, read without trusting it: small, shallow, never slow; and what the mail gate says of its sender."""

import email
import re
from email.message import Message
from email.utils import getaddresses

MAX_BYTES = 256 * 1024
# The reader's work grows with parts times lines, and a mail written by a mail program has few of both.
MAX_PARTS = 40
MAX_LINES = 20_000
MAX_HEADER = 20_000
CHARSETS = {"utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "utf-16"}
ADDRESS = re.compile(r"[^\s@<>\x00-\x1f]{1,64}@[^\s@<>\x00-\x1f]{1,190}")
PAIR = re.compile(r"([a-z0-9.-]+)=(\S+)")


class UnreadableMail(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Too large, too deep, or no mail at all."""


def read_mail(raw: bytes) -> Message:
    """A mail whose size and depth are what people's mail programs write."""
    small = raw.lower()
    is_deep = max(small.count(b"content-type"), small.count(b"boundary")) > MAX_PARTS
    if len(raw) > MAX_BYTES or is_deep or small.count(b"\n") + small.count(b"\r") > 2 * MAX_LINES:
        raise UnreadableMail
    try:
        return email.message_from_bytes(raw)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableMail from error


def sender_of(raw: bytes) -> str:
    """The only address the mail says it is from; nothing where it names none, several, or something else."""
    head = re.split(rb"\r?\n\r?\n", raw[:MAX_HEADER], maxsplit=1)[0]
    found = email.message_from_bytes(head + b"\n\n").get_all("From", [])
    addresses = [address for _name, address in getaddresses([str(value)[:1000] for value in found])]
    return addresses[0].lower() if len(addresses) == 1 and ADDRESS.fullmatch(addresses[0]) else ""


def is_automatic(message: Message) -> bool:
    """Written by a machine, which must not be answered (RFC 3834)."""
    said = (str(message.get(name, default)).strip().lower() for name, default in MACHINE_HEADERS.items())
    submitted, precedence, path = said
    return submitted.partition(";")[0].strip() != "no" or precedence in {"bulk", "junk", "list"} or path == "<>"


MACHINE_HEADERS = {"Auto-Submitted": "no", "Precedence": "", "Return-Path": ""}


def text_of(part: Message) -> str:
    """The text of a part; a character set that is wrong or unknown spoils the letters, not the reading."""
    body = part.get_payload(decode=True)
    charset = str(part.get_content_charset() or "utf-8")
    if not isinstance(body, bytes):
        return ""
    return body.decode(charset if charset in CHARSETS else "utf-8", errors="replace")


def vouched_for(message: Message, *, domain: str, authserv_id: str) -> bool:
    """Whether the mail gate called ``authserv_id`` says that the mail comes from ``domain`` (RFC 8601).

    Only its topmost header counts: those under it, and those in other names, came with the mail.
    """
    for value in message.get_all("Authentication-Results", []):
        gate, *results = _bare(str(value)[:MAX_HEADER]).lower().split(";")
        if authserv_id and gate.split()[:1] == [authserv_id.lower()]:
            return any(_passes(result, domain.lower()) for result in results)
    return False


def _passes(result: str, domain: str) -> bool:
    pairs = dict(reversed(PAIR.findall(result)))
    if pairs.get("dkim") == "pass":
        return pairs.get("header.d") == domain
    return pairs.get("spf") == "pass" and pairs.get("smtp.mailfrom", "").rpartition("@")[2] == domain


def _bare(text: str) -> str:
    """Without comments and quoted words, where anybody can write anything."""
    kept, depth, is_quoted, skips = [], 0, False, False
    for sign in text:
        if skips or (sign == "\\" and (depth or is_quoted)):
            skips = not skips
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
        elif sign in "()" and not is_quoted:
            depth = max(depth + (1 if sign == "(" else -1), 0)
        elif not depth and not is_quoted:
            kept.append(sign)
    return "".join(kept)
