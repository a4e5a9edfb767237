"""Answers of calendar programs: read as the well-known ones write them, refused where they are not what they seem."""

import base64
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from lms.meetings.itip import NotAReply, Reply, read_reply
from tests.meetings.mails import APPLE_BODY, GATE, GMAIL_BODY, OUTLOOK, OUTLOOK_BODY, mail, reply

DAY = SimpleNamespace(uid="THE-UID", sequence=0)
STAMP = datetime(2026, 11, 2, 9, 1, tzinfo=UTC)
METTE = "mette@viborg.example"
SOON = 2.0


def why(raw: bytes) -> str:
    with pytest.raises(NotAReply) as refused:
        read_reply(raw)
    return refused.value.reason


def bare(*lines, method="REPLY"):
    event = ["UID:THE-UID", "DTSTAMP:20261102T090100Z", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{METTE}", *lines]
    return mail(
        "\r\n".join(["BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VEVENT", *event, "END:VEVENT", "END:VCALENDAR"])
    )


def test_outlook_in_danish_says_no():
    body = base64.encodebytes(OUTLOOK_BODY.replace("\n", "\r\n").encode()).decode()
    raw = OUTLOOK.replace("GATE", GATE).replace("BASE64", body).encode()

    assert read_reply(raw) == Reply("THE-UID", METTE, "DECLINED", 0, STAMP)


@pytest.mark.parametrize("body, partstat", [(GMAIL_BODY, "TENTATIVE"), (APPLE_BODY, "ACCEPTED")])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_gmail_and_apple_are_read(body, partstat, line_end):
    assert read_reply(mail(body.replace("\n", line_end))) == Reply("THE-UID", METTE, partstat, 0, STAMP)


def test_thunderbird_is_read():
    assert read_reply(reply(DAY, stamp=STAMP)) == Reply("THE-UID", METTE, "ACCEPTED", 0, STAMP)


def test_no_number_is_number_nought():
    assert read_reply(bare()).sequence == 0


def test_a_number_beyond_counting_is_cut_off():
    assert read_reply(bare("SEQUENCE:" + "9" * 60)).sequence == 10**9


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "COUNTER", "ADD", "", "REPLY2"])
def test_another_method_asks_for_something_else(method):
    assert why(bare(method=method)) == "unsupported"


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=SECONDLY;COUNT=1000000000",
        "RDATE:" + ",".join(["20261102T090100Z"] * 5000),
        "RECURRENCE-ID:20261102T090100Z",
        "EXDATE:20261102T090100Z",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:other@viborg.example",
        "UID:another",
        "END:VEVENT\r\nBEGIN:VEVENT",
    ],
)
def test_what_repeats_or_answers_twice_is_not_acted_on(line):
    assert why(bare(line)) == "unsupported"


@pytest.mark.parametrize(
    "line", ["SEQUENCE:-1", "SEQUENCE:1e9", "SEQUENCE:", "X-A:\x00", "SEQUENCE:٣", "BEGIN:VALARM", "END:VCALENDAR"]
)
def test_what_is_broken_cannot_be_read(line):
    assert why(bare(line)) == "unreadable"


@pytest.mark.parametrize("stamp", ["", "20269902T090100Z", "yesterday", "20261102", "00000000T000000Z"])
def test_a_moment_that_is_none_cannot_be_read(stamp):
    assert why(bare().replace(b"20261102T090100Z", stamp.encode())) == "unreadable"


@pytest.mark.parametrize("address", ["invalid:nomail", METTE, "http://viborg.example"])
def test_an_attendee_without_an_address_cannot_be_read(address):
    assert why(bare().replace(b"mailto:" + METTE.encode(), address.encode())) == "unreadable"


@pytest.mark.parametrize("charset", [b"klingon", b"zlib_codec", b"punycode", b"idna", b"us-ascii", b"iso-8859-1"])
def test_a_wrong_character_set_spoils_no_answer(charset):
    raw = bare("SUMMARY:Øvelse").replace(b"method=REPLY; charset=utf-8", b"method=REPLY; charset=" + charset)

    assert read_reply(raw).attendee == METTE


def test_a_mail_without_a_calendar_is_no_reply():
    assert why(b"From: a@b.example\r\nSubject: Ikke til stede\r\n\r\nJeg er tilbage mandag.") == "no_reply"


def test_a_reply_inside_a_forwarded_mail_is_not_the_senders_word():
    forwarded = b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" + reply(DAY, stamp=STAMP)

    assert why(forwarded) == "no_reply"


def nested(depth):
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level) for level in range(depth)
    )
    return b"From: a@b.example\r\n" + head + b"x\r\n" * 10_000


BOMBS = {
    "components": bare(*["BEGIN:VALARM", "END:VALARM"] * 5_000),
    "nested components": bare(*["BEGIN:X"] * 10_000),
    "nested parts": nested(900),
    "many parts": b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\n" * 30_000,
    "nested mails": b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
    "too large": bare("X:" + "a" * 300_000),
    "parameters": bare("ATTENDEE" + ";A=B" * 50_000 + ":mailto:x@viborg.example"),
    "base64": b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"AAAA" * 60_000,
    "addresses": b"From: " + b"<" * 200_000 + b"\r\n\r\n",
    "comments": b"From: " + b"(" * 200_000 + b"\r\n\r\n",
    "headers": b"Content-Type: text/calendar" + b"; a*0=x" * 30_000 + b"\r\n\r\n",
    "bytes": bytes(range(256)) * 1_000,
    "nothing": b"",
}


@pytest.mark.parametrize("line", ["X-A" + ';A="' * 50_000, "X:a" + "\r\n " * 15_000, "X" * 200_000])
def test_a_strange_line_beside_the_answer_is_passed_by_in_no_time(line):
    start = time.monotonic()

    assert read_reply(bare(line)).partstat == "ACCEPTED"

    assert time.monotonic() - start < SOON


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_no_time(name):
    start = time.monotonic()

    assert why(BOMBS[name]) in {"unreadable", "unsupported", "no_reply"}

    assert time.monotonic() - start < SOON
