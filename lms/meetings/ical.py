"""Calendar text: plain data in, bytes out. The only module that knows icalendar (RFC 5545, 5546, 6047)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, vCalAddress, vText

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PRODUCT = "-//Fodfæste//Kalender//DA"
SEQUENCE_LINE = re.compile(r"^SEQUENCE:\d+", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

# Written out, because icalendar's own lists of RDATEs are read an hour wrong by some calendar programs.
COPENHAGEN_RULES = """\
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
X-LIC-LOCATION:Europe/Copenhagen
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")


@dataclass(frozen=True)
class Happening:
    """What a calendar shows of a meeting: nothing that could not hang on a notice board."""

    uid: str
    sequence: int
    summary: str
    starts_at: datetime
    ends_at: datetime
    location: str
    url: str
    is_cancelled: bool
    changed_at: datetime


@dataclass(frozen=True)
class Party:
    name: str
    email: str


def vevent(happening: Happening) -> str:
    """The part of a meeting that is the same for everybody; stored once per revision."""
    event = Event()
    event.add("uid", happening.uid)
    event.add("dtstamp", happening.changed_at.astimezone(UTC))
    event.add("last-modified", happening.changed_at.astimezone(UTC))
    event.add("sequence", happening.sequence)
    event.add("dtstart", happening.starts_at.astimezone(COPENHAGEN))
    event.add("dtend", happening.ends_at.astimezone(COPENHAGEN))
    event.add("summary", one_line(happening.summary))
    if happening.location:
        event.add("location", one_line(happening.location))
    event.add("description", happening.url)
    event.add("url", happening.url)
    event.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if happening.is_cancelled else "OPAQUE")
    return event.to_ical().decode()


def request(stored: str, *, sequence: int, now: datetime, organiser: Party, attendee: Party, partstat: str) -> bytes:
    """An invitation, or its update: which of the two, a calendar program sees from UID and SEQUENCE."""
    event = _addressed(stored, sequence, now, organiser)
    event.add("attendee", _attendee(attendee, partstat=partstat, rsvp="TRUE"))
    return _calendar("REQUEST", [event.to_ical().decode()])


def cancel(stored: str, *, sequence: int, now: datetime, organiser: Party, attendee: Party) -> bytes:
    event = _addressed(stored, sequence, now, organiser)
    event.add("attendee", _attendee(attendee, partstat="DECLINED"))
    event["STATUS"] = vText("CANCELLED")
    event["TRANSP"] = vText("TRANSPARENT")
    return _calendar("CANCEL", [event.to_ical().decode()])


def publish(stored: Iterable[tuple[str, int]], *, name: str = "") -> bytes:
    """Events without people, each with the reader's own number: a feed, or one meeting to keep."""
    return _calendar("PUBLISH", [SEQUENCE_LINE.sub(f"SEQUENCE:{sequence}", text) for text, sequence in stored], name)


def one_line(text: str) -> str:
    return CONTROL.sub(" ", text).strip()


def _addressed(stored: str, sequence: int, now: datetime, organiser: Party) -> Component:
    event = Event.from_ical(stored)
    del event["DTSTAMP"]
    event.add("dtstamp", now.astimezone(UTC))
    event["SEQUENCE"] = sequence
    event.add("organizer", _address(organiser))
    return event


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(party.email)}")
    address.params["CN"] = one_line(party.name).replace('"', "'")
    return address


def _attendee(party: Party, *, partstat: str, rsvp: str = "FALSE") -> vCalAddress:
    address = _address(party)
    address.params.update(
        {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": partstat, "RSVP": rsvp},
    )
    return address


def _calendar(method: str, events: Iterable[str], name: str = "") -> bytes:
    """The frame round events that are text already, so that a feed of many days costs no more than copying."""
    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.add("method", method)
    if name:
        head.add("x-wr-calname", one_line(name))
    text, end, _ = head.to_ical().decode().rpartition("END:VCALENDAR")
    return "".join([text, COPENHAGEN_RULES, *events, end, "\r\n"]).encode()
