"""Where in a text a phone number stands."""

import re
from collections.abc import Iterator
from datetime import date

from .cpr_context import OTHER_NUMBER, PHONE_NUMBER, UNIT
from .plain import Plain

DIGITS = re.compile(r"[0-9]+")
# With the country's code in front: eight digits after our own, eight to fourteen with others.
WITH_COUNTRY = re.compile(
    r"(?<![\w+])(?<![0-9][ .,-])\(?(?:\+ ?|00)"
    r"(?:45\)?(?:[ .-]{0,2}[0-9]){8}|(?!45)[1-9](?:[ .()-]{0,2}[0-9]){7,13})(?![0-9])"
)
OUR_COUNTRY = "45"
PAIRS, HALVES, UNBROKEN = (2, 2, 2, 2), (4, 4), (8,)
CLEAR_SHAPES = {PAIRS, HALVES, UNBROKEN}
# As Danes group their eight digits; the less clear ones only beside a word such as »tlf.«, or they are amounts.
SHAPES = {
    2: (PAIRS, (2, 3, 3), (2, 2, 4), (2, 6)),
    3: ((3, 2, 3), (3, 3, 2)),
    4: (HALVES, (4, 2, 2)),
    8: (UNBROKEN,),
}
GAPS = {" ", ".", "-", "\N{HYPHEN}", "\N{EN DASH}"}
JOINTS = GAPS | {"/", ",", ":", "'", "+", "=", "#", "@"}
CALL = re.compile(r"(?:\bkald|\bnummer|træffe\w*|\bfat i \w+) ?(?:på|er)?[\s:.(\"'»]{0,3}$", re.IGNORECASE)
LINK = re.compile(r"(?:://|www\.)\S*$")
# »12 34 56 78« is what everybody writes for a number; the plan itself gives none that begin with 0 or 1.
NEVER_FIRST = "01"
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def phones_in(plain: Plain) -> Iterator[tuple[int, int]]:
    """Eight digits as Danes write a number, or any number with its country's code."""
    text = plain.text
    for match in WITH_COUNTRY.finditer(text):
        if not _is_something_else(text, *match.span()):
            yield match.span()
    groups = list(DIGITS.finditer(text))
    lengths = [match.end() - match.start() for match in groups]
    for first, length in enumerate(lengths):
        for shape in SHAPES.get(length, ()):
            if tuple(lengths[first : first + len(shape)]) == shape and _is_phone(text, groups, first, shape):
                yield groups[first].start(), groups[first + len(shape) - 1].end()


def _is_phone(text, groups, first, shape):
    last = first + len(shape) - 1
    start, end = groups[first].start(), groups[last].end()
    gaps = {_gap(text, groups, index) for index in range(first, last)}
    if len(gaps) > 1 or not gaps <= GAPS or _is_part_of_more(text, groups, first, last):
        return False
    if _says_phone(text, start):
        return True
    if shape not in CLEAR_SHAPES or _is_something_else(text, start, end):
        return False
    return not _is_doubtful(text[start:end], shape, gaps)


def _says_phone(text, start):
    return PHONE_NUMBER.search(text[max(0, start - 45) : start]) is not None or _says_call(text, start)


def _says_call(text, start):
    return CALL.search(text[max(0, start - 20) : start]) is not None


def _is_doubtful(written, shape, gaps):
    if shape == UNBROKEN:
        return written[0] in NEVER_FIRST or _is_day(written)
    if shape == HALVES:
        is_years = all(YEAR.fullmatch(half) for half in re.split(r"\D", written))
        return written[0] in NEVER_FIRST or is_years or gaps != {" "}
    return written[0] in NEVER_FIRST and gaps != {" "}


def _is_day(eight):
    """20261127 and 27112026 are dates."""
    orders = ((eight[:4], eight[4:6], eight[6:]), (eight[4:], eight[2:4], eight[:2]))
    return any(YEAR.fullmatch(year) and _exists(int(year), int(month), int(day)) for year, month, day in orders)


def _exists(year, month, day):
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _gap(text, groups, index):
    return text[groups[index].end() : groups[index + 1].start()]


def _is_part_of_more(text, groups, first, last):
    """Digits beside digits are a longer number, except our own country's code in front."""
    start, end = groups[first].start(), groups[last].end()
    touching = text[max(0, start - 1) : start] + text[end : end + 1]
    if any(sign.isalpha() or sign == "_" for sign in touching) and not _says_phone(text, start):
        return True
    before = _gap(text, groups, first - 1) if first else ""
    after = _gap(text, groups, last) if last + 1 < len(groups) else ""
    joints = JOINTS - {" "} if first == last else JOINTS
    is_code = first == 1 and groups[0][0] == OUR_COUNTRY
    return (before in joints and not is_code) or after in joints


def _is_something_else(text, start, end):
    """An order, an amount, a piece of an address on the web?"""
    before, after = text[max(0, start - 60) : start], text[end : end + 14]
    return any((OTHER_NUMBER.search(before[-45:]), UNIT.match(after), LINK.search(before)))
