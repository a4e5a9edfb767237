"""Delivery failures as mail servers write them (RFC 3464)."""

import pytest

from lms.home.methods.bounces import Bounce, read_bounce

KEY = "0123456789abcdef0123456789abcdef"
METTE = "mette@viborg.example"


def report(
    *, action="failed", status="5.1.1", recipient=METTE, key=KEY, kind="delivery-status", returned="rfc822-headers"
):
    """Postfix's shape; Exchange returns the whole mail."""
    lines = [
        "From: Mail Delivery System <MAILER-DAEMON@viborg.example>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type={kind}; boundary="r"',
        "",
        "--r",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "I'm sorry to have to inform you that your message could not be delivered.",
        "--r",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mail.viborg.example",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
        "",
        "--r",
        f"Content-Type: {'message/rfc822' if returned == 'whole' else 'text/rfc822-headers'}",
        "",
        f"Message-ID: <{key}@example.org>",
        "Subject: Invitation",
        "",
        "--r--",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("returned", ["rfc822-headers", "whole"])
def test_a_mail_that_came_back_is_named_with_its_status(returned):
    assert read_bounce(report(returned=returned)) == Bounce(KEY, {METTE: "5.1.1"})


def test_the_address_we_wrote_to_counts_where_the_report_tells_it():
    raw = report(recipient="m.l@internal.example").replace(
        b"Final-Recipient", b"Original-Recipient: rfc822;Mette@Viborg.example\r\nFinal-Recipient"
    )

    assert read_bounce(raw) == Bounce(KEY, {METTE: "5.1.1"})


@pytest.mark.parametrize(
    "other", [{"action": "delayed", "status": "4.4.1"}, {"status": "4.2.2"}, {"action": "relayed"}]
)
def test_a_mail_that_is_only_late_has_not_failed(other):
    assert read_bounce(report(**other)) == Bounce(KEY, {})


@pytest.mark.parametrize("other", [{"kind": "disposition-notification"}, {"key": "not-ours"}, {"key": KEY * 2}])
def test_a_report_about_something_else_is_none_of_ours(other):
    assert read_bounce(report(**other)) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: x\r\n\r\n" + KEY.encode(),
        b"x" * 300_000,
        report().replace(b"message/delivery-status", b"text/plain").replace(b"text/rfc822-headers", b"text/plain"),
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\n",
        report()
        .replace(b"text/rfc822-headers", b"text/rfc822-headers; charset=idna")
        .replace(KEY.encode(), b"\xc3\xb8"),
    ],
)
def test_what_is_no_report_is_none(raw):
    assert read_bounce(raw) is None
