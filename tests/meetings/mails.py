"""Mails as calendar programs write them: the documented shapes of Outlook, Gmail, Apple and Thunderbird, by hand."""

from datetime import UTC

GATE = "mail.fodfaeste.example"
PASSES = f"{GATE}; dkim=pass header.d=viborg.example; spf=fail smtp.mailfrom=bounce.example"


def reply(
    meeting,
    *,
    sender="mette@viborg.example",
    attendee=None,
    partstat="ACCEPTED",
    sequence=None,
    stamp=None,
    uid=None,
    method="REPLY",
    extra="",
    gates=(PASSES,),
    headers=(),
    subject="Accepteret: Dag 4: Arbejdsgiveren",
    now=None,
) -> bytes:
    """An answer as Thunderbird sends it; everything that can be forged can be given."""
    moment = (stamp or now).astimezone(UTC)
    event = [
        "BEGIN:VEVENT",
        f"UID:{uid or meeting.uid}",
        f"DTSTAMP:{moment:%Y%m%dT%H%M%SZ}",
        "ORGANIZER;CN=Fodfæste:mailto:fodfaeste@example.org",
        f'ATTENDEE;CN="Lindholm; Mette";PARTSTAT={partstat}:mailto:{attendee or sender}',
        f"SEQUENCE:{meeting.sequence if sequence is None else sequence}",
        *([extra] if extra else []),
        "END:VEVENT",
    ]
    calendar = ["BEGIN:VCALENDAR", "PRODID:-//Mozilla.org//NONSGML//DA", "VERSION:2.0", f"METHOD:{method}"]
    head = [f"Authentication-Results: {gate}" for gate in gates]
    return mail("\r\n".join([*calendar, *event, "END:VCALENDAR", ""]), head + list(headers), sender, subject, method)


def mail(body: str, headers=(), sender="mette@viborg.example", subject="Svar", method="REPLY") -> bytes:
    lines = [
        *headers,
        f"From: Mette Lindholm <{sender}>",
        "To: fodfaeste@example.org",
        f"Subject: {subject}",
        "MIME-Version: 1.0",
        'Content-Type: multipart/alternative; boundary="b1"',
        "",
        "--b1",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Mette har svaret.",
        "--b1",
        f"Content-Type: text/calendar; method={method}; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        body,
        "--b1--",
        "",
    ]
    return "\r\n".join(lines).encode()


OUTLOOK = """\
Authentication-Results: GATE; dkim=pass (2048-bit key) header.d=viborg.example header.i=@viborg.example
From: =?iso-8859-1?Q?Mette_S=F8rensen?= <Mette@Viborg.example>
To: fodfaeste@example.org
Subject: =?iso-8859-1?Q?Afsl=E5et:_Dag_4?=
Thread-Topic: Dag 4
X-MS-Exchange-Calendar-Originator-Id: x
Content-Type: multipart/alternative; boundary="_000_AM0PR_"
MIME-Version: 1.0

--_000_AM0PR_
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Jeg er p=E5 ferie

--_000_AM0PR_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

BASE64
--_000_AM0PR_--
"""
OUTLOOK_BODY = """\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=DECLINED;CN=Mette Sørensen:mailto:
 Mette@Viborg.example
COMMENT;LANGUAGE=da-DK:Jeg er på ferie\\n
UID:THE-UID
SUMMARY;LANGUAGE=da-DK:Afslået: Dag 4
DTSTART;TZID=Romance Standard Time:20261105T100000
DTEND;TZID=Romance Standard Time:20261105T160000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261102T090100Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:0
X-MICROSOFT-CDO-APPT-SEQUENCE:0
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER;RELATED=START:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
"""
GMAIL_BODY = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261105T090000Z
DTEND:20261105T150000Z
DTSTAMP:20261102T090100Z
ORGANIZER;CN=Fodfæste:mailto:fodfaeste@example.org
UID:THE-UID
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=mette
 @viborg.example;X-NUM-GUESTS=0:mailto:mette@viborg.example
CREATED:20261101T090000Z
DESCRIPTION:https://example.org/
LAST-MODIFIED:20261102T090100Z
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Dag 4
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
APPLE_BODY = """\
BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 15.1//EN
VERSION:2.0
BEGIN:VEVENT
UID:THE-UID
DTEND;TZID=Europe/Copenhagen:20261105T160000
TRANSP:OPAQUE
ATTENDEE;CN="Mette Sørensen";CUTYPE=INDIVIDUAL;EMAIL="mette@viborg.example"
 ;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:mette@viborg.exam
 ple
DTSTAMP:20261102T090100Z
ORGANIZER;CN="Fodfæste":mailto:fodfaeste@example.org
SEQUENCE:0
DTSTART;TZID=Europe/Copenhagen:20261105T100000
SUMMARY:Dag 4
END:VEVENT
END:VCALENDAR
"""
