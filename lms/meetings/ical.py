"""Calendar text: plain data in, bytes out. The only module that knows icalendar (RFC 5545, 5546, 6047)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, vCalAddress, vDuration, vText, vUri

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PRODUCT = "-//Fodfæste//Kalender//DA"
SEQUENCE_LINE = re.compile(r"^SEQUENCE:\d+", re.MULTILINE)
# How often a calendar program should look again, said in the standard's way and in Microsoft's.
LOOK_AGAIN = timedelta(hours=1)
ALARM = timedelta(hours=1)
TEAMS = ("teams.microsoft.com", "teams.live.com")
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
    online_link: str = ""


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
    event.add("dtstart", _moment(happening.starts_at))
    event.add("dtend", _moment(happening.ends_at))
    event.add("summary", one_line(happening.summary))
    if place := one_line(happening.location) or one_line(happening.online_link):
        event.add("location", place)
    _add_words(event, happening)
    event.add("url", happening.url)
    event.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if happening.is_cancelled else "OPAQUE")
    return event.to_ical().decode()


def request(stored: str, *, sequence: int, now: datetime, organiser: Party, attendee: Party, partstat: str) -> bytes:
    """An invitation, or its update: which of the two, a calendar program sees from UID and SEQUENCE."""
    event = _addressed(stored, sequence, now, organiser)
    event.add("attendee", _attendee(attendee, partstat=partstat, rsvp="TRUE"))
    event.add_component(_alarm(str(event["SUMMARY"])))
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


def _moment(moment: datetime) -> datetime:
    """What the clock shows in Copenhagen, except in the hour it shows twice: then UTC, for readers differ on which."""
    local = moment.astimezone(COPENHAGEN)
    is_doubled = local.utcoffset() != local.replace(fold=not local.fold).utcoffset()
    return moment.astimezone(UTC) if is_doubled else local


def _add_words(event: Event, happening: Happening) -> None:
    """The addresses of the meeting and of its page, in each of the places where one calendar program looks for them.

    Outlook shows LOCATION, the text and, of Teams' own meetings, a button to join; Apple and Google read CONFERENCE.
    """
    link = one_line(happening.online_link)
    links = [address for address in (link, happening.url) if address]
    event.add("description", "\n".join(links))
    anchors = "<br>".join(f'<a href="{escape(address)}">{escape(address)}</a>' for address in links)
    event.add("x-alt-desc", f"<html><body>{anchors}</body></html>", parameters={"FMTTYPE": "text/html"})
    if link:
        event.add("conference", vUri(link), parameters={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Online"})
    if urlsplit(link).hostname in TEAMS:
        event.add("x-microsoft-skypeteamsmeetingurl", link)


def _alarm(summary: str) -> Alarm:
    """In an invitation alone: a calendar somebody follows would ring a second time for the same day."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM)
    alarm.add("description", summary)
    return alarm


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
    start, end = _frame(method, name)
    return "".join([start, *events, end]).encode()


@cache
def _frame(method: str, name: str) -> tuple[str, str]:
    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.add("method", method)
    if name:
        head.add("name", one_line(name))
        head.add("x-wr-calname", one_line(name))
        head.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        head.add("x-published-ttl", vDuration(LOOK_AGAIN).to_ical().decode())
    text, end, _ = head.to_ical().decode().rpartition("END:VCALENDAR")
    return text + COPENHAGEN_RULES, end + "\r\n"
