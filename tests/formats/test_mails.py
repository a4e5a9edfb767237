"""Incoming mail: who it says it is from, whether the gate believes it, and whether a machine wrote it."""

from email import message_from_bytes

import pytest

from lms.formats.mails import MAX_BYTES, UnreadableMail, is_automatic, read_mail, sender_of, vouched_for

GATE = "mail.fodfaeste.example"


def vouched(*results, domain="viborg.example", gate=GATE):
    head = "".join(f"Authentication-Results: {result}\r\n" for result in results)
    return vouched_for(message_from_bytes(head.encode() + b"\r\nx"), domain=domain, authserv_id=gate)


@pytest.mark.parametrize(
    "result",
    [
        f"{GATE}; dkim=pass header.d=viborg.example",
        f"{GATE} 1; dkim=pass (2048-bit key; secure) header.d=viborg.example header.i=@viborg.example",
        f"{GATE.upper()};\r\n\tspf=pass (sender IP is 192.0.2.1) smtp.mailfrom=viborg.example",
        f"{GATE}; spf=pass smtp.mailfrom=mette@VIBORG.example; dkim=none",
        f"{GATE}; dkim=fail header.d=viborg.example; dkim=pass header.d=viborg.example",
    ],
)
def test_the_gate_vouches(result):
    assert vouched(result)


@pytest.mark.parametrize(
    "result",
    [
        "",
        f"{GATE}; none",
        f"{GATE}; dkim=fail header.d=viborg.example; spf=softfail smtp.mailfrom=viborg.example",
        f"{GATE}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example",
        f"{GATE}; dkim=pass header.d=notviborg.example",
        f"{GATE}; dkim=pass",
        f"{GATE}; dmarc=pass header.from=viborg.example",
        "mail.evil.example; dkim=pass header.d=viborg.example",
        f"{GATE}.evil.example; dkim=pass header.d=viborg.example",
        f'{GATE}; dkim=fail reason="; dkim=pass header.d=viborg.example"',
        f"{GATE}; dkim=fail (; dkim=pass header.d=viborg.example) header.d=viborg.example",
        f"{GATE}; dkim=fail dkim=pass header.d=viborg.example",
        f"({GATE}); dkim=pass header.d=viborg.example",
        "((((" * 5000,
    ],
)
def test_the_gate_does_not_vouch(result):
    assert not vouched(result)


def test_a_header_in_another_name_is_passed_by_wherever_it_stands():
    forged = "mail.evil.example; dkim=pass header.d=viborg.example"

    assert not vouched(forged, f"{GATE}; dkim=fail header.d=viborg.example")
    assert vouched(forged, f"{GATE}; dkim=pass header.d=viborg.example")


def test_only_the_topmost_header_of_the_gate_counts():
    """One in its name further down was written by the sender."""
    assert not vouched(f"{GATE}; dkim=fail header.d=viborg.example", f"{GATE}; dkim=pass header.d=viborg.example")


def test_nobody_is_believed_where_the_gate_has_no_name():
    assert not vouched("; dkim=pass header.d=viborg.example", gate="")


@pytest.mark.parametrize(
    "head, sender",
    [
        (b"From: Mette <Mette@Viborg.example>", "mette@viborg.example"),
        (b"From: =?utf-8?q?S=C3=B8ren?= <s@viborg.example>", "s@viborg.example"),
        (b"From: s\xf8ren <s@viborg.example>", "s@viborg.example"),
        (b"From: a@b.example, c@d.example", ""),
        (b"From: a@b.example\r\nFrom: c@d.example", ""),
        (b"From: undisclosed", ""),
        (b"From: <>", ""),
        (b"Subject: x", ""),
        (b"", ""),
    ],
)
def test_the_sender_is_one_address_or_nobody(head, sender):
    assert sender_of(head + b"\r\n\r\nFrom: body@viborg.example") == sender


@pytest.mark.parametrize(
    "head, automatic",
    [
        (b"Subject: x", False),
        (b"Auto-Submitted: no", False),
        (b"Auto-Submitted: auto-replied; type=vacation", True),
        (b"Precedence: Bulk", True),
        (b"Return-Path: <>", True),
        (b"Return-Path: <a@b.example>", False),
    ],
)
def test_what_a_machine_wrote_is_known(head, automatic):
    assert is_automatic(message_from_bytes(head + b"\r\n\r\n")) == automatic


@pytest.mark.parametrize("raw", [b"x" * (MAX_BYTES + 1), b"content-type:\r\n" * 50, b"boundary=" * 50, b"\n" * 50_000])
def test_what_is_too_large_or_too_deep_is_not_read(raw):
    with pytest.raises(UnreadableMail):
        read_mail(raw)
