"""Calendars read by programs nobody here wrote: what each of them understood, in one and the same shape.

ical.js is what Thunderbird reads with, node-ical what many small services do, libical is behind GNOME and KDE.
"""

import ctypes
import ctypes.util
import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import vobject
from django.conf import settings

NODE = settings.BASE_DIR / ".tools" / "bin" / "node"
SCRIPT = Path(__file__).with_name("readers.mjs")


def with_node(name, body: bytes) -> list[dict]:
    done = subprocess.run([str(NODE), str(SCRIPT), name], input=body, capture_output=True, check=True)
    return [
        {**event, "start": _moment(event["start"]), "end": _moment(event["end"])} for event in json.loads(done.stdout)
    ]


def with_vobject(body: bytes) -> list[dict]:
    calendar = vobject.readOne(body.decode())
    return [_of_vobject(calendar, event) for event in calendar.contents.get("vevent", [])]


def _of_vobject(calendar, event) -> dict:
    def text(name):
        return event.getChildValue(name, "")

    return {
        "uid": text("uid"),
        "sequence": int(text("sequence")),
        "method": calendar.method.value,
        "status": text("status"),
        "start": text("dtstart").astimezone(UTC),
        "end": text("dtend").astimezone(UTC),
        "summary": text("summary"),
        "location": text("location"),
        "attendee": text("attendee").removeprefix("mailto:") or None,
        "alarms": len(event.contents.get("valarm", [])),
    }


def with_libical(body: bytes) -> list[dict]:
    return Libical(_libical()).read(body)


def _libical() -> str:
    """Debian's library, by name; where it is missing the test says so, and fails where CI has to have it."""
    name = ctypes.util.find_library("ical")
    if not name and os.environ.get("FODFAESTE_LIBICAL") == "required":
        pytest.fail("libical is missing: apt-get install libical3")
    return name or pytest.skip("libical is not installed (Debian: libical3)")


class _Time(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


class Libical:
    """As much of libical 3 as it takes to read an event."""

    EVENT, ALARM = b"VEVENT", b"VALARM"

    def __init__(self, name):
        self.library = ctypes.CDLL(name)
        kind, pointer, text = ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p
        self._declare("icalparser_parse_string", pointer, text)
        self._declare("icalcomponent_string_to_kind", kind, text)
        self._declare("icalproperty_string_to_kind", kind, text)
        self._declare("icalcomponent_count_components", ctypes.c_int, pointer, kind)
        self._declare("icalcomponent_count_errors", ctypes.c_int, pointer)
        self._declare("icalcomponent_free", None, pointer)
        self._declare("icalproperty_get_value_as_string", text, pointer)
        self._declare("icalcomponent_get_sequence", ctypes.c_int, pointer)
        self._declare("icaltimezone_get_utc_timezone", pointer)
        self._declare("icaltime_convert_to_zone", _Time, _Time, pointer)
        for name_ in ("component", "property"):
            for place in ("first", "next"):
                self._declare(f"icalcomponent_get_{place}_{name_}", pointer, pointer, kind)
        for name_ in ("dtstart", "dtend"):
            self._declare(f"icalcomponent_get_{name_}", _Time, pointer)
        for name_ in ("uid", "summary", "location"):
            self._declare(f"icalcomponent_get_{name_}", text, pointer)

    def _declare(self, name, returns, *takes):
        function = getattr(self.library, name)
        function.restype, function.argtypes = returns, takes
        setattr(self, name, function)

    def read(self, body: bytes) -> list[dict]:
        calendar = self.icalparser_parse_string(body)
        assert calendar, "libical could not read it"
        assert self.icalcomponent_count_errors(calendar) == 0
        try:
            return [self._event(calendar, event) for event in self._events(calendar)]
        finally:
            self.icalcomponent_free(calendar)

    def _events(self, calendar):
        kind = self.icalcomponent_string_to_kind(self.EVENT)
        event = self.icalcomponent_get_first_component(calendar, kind)
        while event:
            yield event
            event = self.icalcomponent_get_next_component(calendar, kind)

    def _event(self, calendar, event) -> dict:
        return {
            "uid": self._text(self.icalcomponent_get_uid(event)),
            "sequence": self.icalcomponent_get_sequence(event),
            "method": self._value(calendar, b"METHOD"),
            "status": self._value(event, b"STATUS"),
            "start": self._utc(self.icalcomponent_get_dtstart(event)),
            "end": self._utc(self.icalcomponent_get_dtend(event)),
            "summary": self._text(self.icalcomponent_get_summary(event)),
            "location": self._text(self.icalcomponent_get_location(event)),
            "attendee": (self._value(event, b"ATTENDEE") or "").removeprefix("mailto:") or None,
            "alarms": self.icalcomponent_count_components(event, self.icalcomponent_string_to_kind(self.ALARM)),
        }

    def _value(self, component, name):
        found = self.icalcomponent_get_first_property(component, self.icalproperty_string_to_kind(name))
        return self._text(self.icalproperty_get_value_as_string(found)) if found else None

    def _text(self, value) -> str:
        return (value or b"").decode()

    def _utc(self, time) -> datetime:
        utc = self.icaltime_convert_to_zone(time, self.icaltimezone_get_utc_timezone())
        return datetime(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, tzinfo=UTC)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


READERS = {
    "ical.js": lambda body: with_node("ical.js", body),
    "node-ical": lambda body: with_node("node-ical", body),
    "vobject": with_vobject,
    "libical": with_libical,
}
