"""The demo's mailbox reads what its mail backend wrote, and anything else that lies in the folder."""

import mailbox
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives

from lms.backends.mail_folder import EmailBackend
from lms.home.methods.mailbox import messages_in, read_message

CALENDAR = """\
BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:STANDARD
DTSTART:19701025T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1@fodfaeste
DTSTART;TZID=Europe/Copenhagen:20261127T090000
SUMMARY:Dag 4: Arbejds
 giveren\\, og dig
ATTENDEE;CN=Mette:mailto:mette@example.org
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


def put(folder, raw: bytes) -> str:
    return mailbox.Maildir(folder, create=True).add(raw)


def dated(date: str, subject: str) -> bytes:
    return f"Date: {date}\r\nSubject: {subject}\r\n\r\nTekst\r\n".encode()


def test_without_a_folder_there_are_no_mails(folder):
    assert messages_in(folder) == []
    assert read_message(folder, "anything") is None


def test_a_mail_the_backend_wrote_is_read_back_with_its_calendar(folder):
    message = EmailMultiAlternatives("Kære Åse", "Brødtekst æøå\n", "fra@example.org", ["aase@example.org"])
    message.attach_alternative("<p>Brødtekst</p>", "text/html")
    message.attach_alternative(CALENDAR, "text/calendar; method=REQUEST")
    EmailBackend().send_messages([message])

    (mail,) = messages_in(folder)

    assert (mail.subject, mail.to, mail.text) == ("Kære Åse", "aase@example.org", "Brødtekst æøå\n")
    assert mail.calendar == [
        ("METHOD", "REQUEST"),
        ("UID", "1@fodfaeste"),
        ("DTSTART", "20261127T090000"),
        ("SUMMARY", "Dag 4: Arbejdsgiveren, og dig"),
    ]
    assert read_message(folder, mail.key) == mail


def test_a_mail_without_a_calendar_shows_none(folder):
    message = EmailMessage()
    message["Subject"] = "Kun tekst"
    message.set_content("Hej\n")
    put(folder, message.as_bytes())

    (mail,) = messages_in(folder)

    assert (mail.text, mail.calendar, mail.sent_at) == ("Hej\n", [], None)


def test_the_newest_mail_comes_first_and_those_without_a_date_last(folder):
    put(folder, dated("Mon, 02 Nov 2026 09:00:00 +0100", "gammel"))
    put(folder, dated("ingen dato", "uden dato"))
    put(folder, dated("Tue, 03 Nov 2026 09:00:00 -0000", "ny"))
    put(folder, b"Subject: heller ingen\r\n\r\n")

    mails = messages_in(folder)

    assert [mail.subject for mail in mails[:2]] == ["ny", "gammel"]
    assert {mail.subject for mail in mails[2:]} == {"uden dato", "heller ingen"}
    assert mails[0].sent_at == datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00not a mail at all",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: text/plain; charset=klingon\r\n\r\nHej \xe6",
        b"Content-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR",
    ],
)
def test_a_broken_mail_is_shown_as_far_as_it_goes(folder, raw):
    key = put(folder, raw)

    assert [mail.key for mail in messages_in(folder)] == [key]
    assert read_message(folder, key).subject == ""


@pytest.mark.parametrize("key", ["../x", "../../etc/passwd", "", ".", "cur", "new/x", "\x00", "unknown"])
def test_a_key_that_is_no_mail_of_the_folder_reads_nothing(folder, tmp_path, key):
    put(folder, dated("Mon, 02 Nov 2026 09:00:00 +0100", "her"))
    (tmp_path / "x").write_text("Subject: uden for mappen\n\n")

    assert read_message(folder, key) is None


def test_a_long_subject_that_was_folded_reads_as_one_line(folder):
    subject = "Indkaldelse: Kontrakt, roller og den første case, fredag 18. december 2026"
    EmailBackend().send_messages([EmailMultiAlternatives(subject, "Tekst", "fra@example.org", ["til@example.org"])])

    assert [mail.subject for mail in messages_in(folder)] == [subject]
