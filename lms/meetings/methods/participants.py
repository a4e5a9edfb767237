"""Rows of a list of people, and what is wrong with them. Plain data in, plain data out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import strip_tags

from lms.formats.text import clean_line
from lms.meetings.methods.columns import FIELDS, Columns, fold, speakable
from lms.people.methods import guard

LONGEST = {"name": 120, "email": 254, "municipality": 120, "title": 120, "phone": 30}
ADDRESS_IN_BRACKETS = re.compile(r"<([^<>]+@[^<>]+)>")
PHONE_SIGNS = re.compile(r"[^0-9+]")
CODE_LENGTH = 4
PARTS_OF_NAME = {"first_name": "name", "last_name": "name"}
LEADING_CODE = re.compile(r"\s*(\d{3,4})\b")
MUNICIPALITY_WORD = re.compile(r"\b(?:regions)?kommunen?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Problem:
    """Something a person must decide about: which column, and what it is. ``detail`` completes the sentence."""

    column: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Municipality:
    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Row:
    """One person as written. ``blocked`` names columns whose text was not kept because of a CPR number."""

    number: int
    values: dict[str, str]
    blocked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the platform knows already, as far as the person importing may see it."""

    municipalities: tuple[Municipality, ...]
    # Addresses with a seat on the cohort, and the municipality the seat belongs to.
    seats: dict[str, int] = field(default_factory=dict)
    # Where the person importing may enrol from; ``None`` is everywhere.
    allowed: frozenset[int] | None = None

    @property
    def own(self) -> Municipality | None:
        """The one municipality somebody enrols from, which need not stand in every row."""
        if self.allowed is None or len(self.allowed) != 1:
            return None
        return next((municipality for municipality in self.municipalities if municipality.id in self.allowed), None)


@dataclass(frozen=True)
class Checked:
    """A row after checking: ready to import when nothing is wrong with it."""

    row: Row
    municipality: Municipality | None
    has_seat: bool
    problems: tuple[Problem, ...]

    @property
    def is_good(self) -> bool:
        return not self.problems


def read_rows(rows: list[tuple[int, list[str]]], columns: Columns, today: date) -> list[Row]:
    """The people below the headings. Cells with a CPR number are emptied here and go no further."""
    below = [(number, cells) for number, cells in rows if number > columns.heading_row]
    people = [_row(number, cells, columns, today) for number, cells in below if tuple(cells) != columns.headings]
    return [row for row in people if row.blocked or any(row.values.values())]


def clean_values(values: dict[str, str]) -> dict[str, str]:
    """One line each, without markup; an address without what mail programs put around it."""
    cleaned = {name: clean_line(strip_tags(values.get(name, ""))) for name in FIELDS if name != "email"}
    return {**cleaned, "email": _address(values.get("email", ""))}


def check_rows(rows: list[Row], known: Known) -> list[Checked]:
    first_seen: dict[str, int] = {}
    by_name = _names_of(known.municipalities)
    return [_check(row, known, by_name, first_seen) for row in rows]


def _row(number, cells, columns, today):
    blocked = [place for place, cell in enumerate(cells) if is_blocked(cell, today)]
    kept = ["" if place in blocked else cell for place, cell in enumerate(cells)]
    raw = {name: _first(kept, places) for name, places in columns.places.items()}
    raw["name"] = raw.get("name") or " ".join(filter(None, (raw.get("first_name"), raw.get("last_name"))))
    return Row(number, clean_values(raw), tuple(_column(columns, place) for place in blocked))


def is_blocked(text: str, today: date) -> bool:
    return guard.scan(text, today=today).level == "block"


def _column(columns, place):
    """Our own name of a column we read, the file's for others, and its number for one without."""
    name = next((name for name, places in columns.places.items() if place in places), "")
    return PARTS_OF_NAME.get(name, name) or speakable(columns.headings[place]) or str(place + 1)


def _first(cells, places):
    return next((cells[place] for place in places if cells[place]), "")


def _address(text):
    if match := ADDRESS_IN_BRACKETS.search(text):
        text = match[1]
    return clean_line(strip_tags(text)).removeprefix("mailto:").strip(" ;,.").lower()


def _check(row, known, by_name, first_seen):
    municipality = _municipality(row.values["municipality"], by_name, known)
    problems = [Problem(column, "cpr") for column in row.blocked]
    problems += _too_long(row.values)
    problems += _name_problems(row.values["name"])
    problems += _email_problems(row, first_seen)
    problems += _phone_problems(row.values["phone"])
    problems += _municipality_problems(row.values, municipality, known)
    return Checked(row, municipality, row.values["email"] in known.seats, tuple(problems))


def _too_long(values):
    return [Problem(name, "too_long", str(LONGEST[name])) for name in FIELDS if len(values[name]) > LONGEST[name]]


def _name_problems(name):
    if not name:
        return [Problem("name", "missing")]
    return [] if any(sign.isalpha() for sign in name) else [Problem("name", "not_a_name")]


def _email_problems(row, first_seen):
    email = row.values["email"]
    if not email:
        return [Problem("email", "missing")]
    try:
        validate_email(email)
    except ValidationError:
        return [Problem("email", "not_an_address")]
    earlier = first_seen.setdefault(email, row.number)
    return [] if earlier == row.number else [Problem("email", "twice", str(earlier))]


def _phone_problems(phone):
    return [Problem("phone", "not_a_number")] if phone and not PHONE_SIGNS.sub("", phone) else []


def _municipality_problems(values, municipality, known):
    if municipality is None:
        return [Problem("municipality", "unknown" if values["municipality"] else "missing", values["municipality"])]
    if known.allowed is not None and municipality.id not in known.allowed:
        return [Problem("municipality", "not_yours", municipality.name)]
    if known.seats.get(values["email"], municipality.id) != municipality.id:
        return [Problem("municipality", "seat_elsewhere")]
    return []


def _municipality(text, by_name, known):
    if not text:
        return known.own
    return next((by_name[key] for key in _municipality_keys(text) if key in by_name), None)


def _names_of(municipalities: Iterable[Municipality]) -> dict[str, Municipality]:
    names = {}
    for municipality in municipalities:
        names[municipality.code] = municipality
        names[fold(municipality.name)] = municipality
        names.setdefault(_without_doubles(fold(municipality.name)), municipality)
    return names


def _municipality_keys(text):
    """A code, also without its leading zero; or a name, with or without *Kommune*, the s before it, and æøå."""
    if digits := LEADING_CODE.match(text):
        yield digits[1].zfill(CODE_LENGTH)
        return
    key = fold(MUNICIPALITY_WORD.sub("", text))
    for name in (key, key.removesuffix("s"), f"{key}s"):
        yield name
        yield _without_doubles(name)


def _without_doubles(key):
    """As machines without æøå write it: *Sonderborg* as well as *Soenderborg*."""
    return key.replace("oe", "o").replace("ae", "a").replace("aa", "a")
