"""Is what stands there a personal number, something like it, or nothing of the kind?"""

import re
import unicodedata
from dataclasses import dataclass

from . import cpr, cpr_context
from .cpr_shapes import LONG_DATES, LONG_UNBROKEN, PAIRS, SPELLED_OUT, WITHOUT_FIRST_ZERO

BLOCK, ASK, PASS = "block", "ask", "pass"
ADULT_DAYS = 15 * 365
NEEDS_A_WORD = {LONG_UNBROKEN, (5, 5), (3, 3, 4)}
NEEDS_A_DASH = {(2, 2, 6), (6, 2, 2)}
ALWAYS_DOUBTFUL = {WITHOUT_FIRST_ZERO, (4, 2, 4), (2, 4, 4)}
DOTTED_DATE = (2, 2, 2, 4)
CODE_BEFORE = re.compile(r"(?:\b[A-ZÆØÅ]{1,5}[-/#_]|(?<![^\W\d_])[^\W\d_]{1,2})$")
CODE_AFTER = re.compile(r"(?:[-/][A-Z]{1,2}\b|(?!s\b)[^\W\d_]{1,2}\b)")
LETTER = re.compile(r"[^\W\d_]")
PHONE_PREFIX = re.compile(r"(?:^|[\s(:])\+$")
DOUBTFUL_SEPARATOR = re.compile(r"[,;].*\s|\s{3}|\n.*\n|[.:!?]\s|[()]", re.DOTALL)
THIS_CENTURY = 2000
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
DAYTIME = re.compile(r"(?:0[6-9]|1[0-9]|2[0-3])[0-5][0-9]")
YEARS_AHEAD, YEARS_ALWAYS_RECENT, YEARS_MAYBE_RECENT = -1, 3, 15


@dataclass(frozen=True)
class Neighbours:
    """The digit groups where some candidate begins, and where one ends."""

    beginnings: set
    ends: set


def judge(candidate, neighbours, today):
    """``neighbours`` knows where other candidates end and begin: a list of numbers is not one longer number."""
    if not _is_real(candidate, today) or _is_abroad(candidate):
        return PASS
    has_word = cpr_context.near_number_word(candidate)
    if _is_inside_longer_number(candidate, neighbours):
        return ASK if has_word else PASS
    if has_word:
        return ASK if cpr_context.is_other_number(candidate) else BLOCK
    if candidate.separator and not _is_evenly_spread(candidate):
        return _judge_separated(candidate, neighbours, today)
    return _judge_unbroken(candidate)


def _is_real(candidate, today):
    born = cpr.birth_date(candidate.digits)
    if born is None or born > today:
        return False
    return candidate.shape not in LONG_DATES or str(born.year) == candidate.written[4:8]


def _is_abroad(candidate):
    return PHONE_PREFIX.search(candidate.before(2)) is not None


def _is_inside_longer_number(candidate, neighbours):
    if _is_evenly_spread(candidate) and candidate.gaps[0] in {candidate.gap_before, candidate.gap_after}:
        return True
    before = candidate.first - 1 not in neighbours.ends and _joins(candidate.gap_before)
    after = candidate.last + 1 not in neighbours.beginnings and _joins(candidate.gap_after)
    return before or after or (candidate.gap_before == "," and candidate.before(3).lstrip(" \n(") == "0,")


def _joins(gap):
    return gap is not None and len(gap) == 1 and (gap in "./'+\N{MINUS SIGN}" or _is_dash(gap))


def _is_dash(character):
    return unicodedata.category(character) == "Pd"


def _is_evenly_spread(candidate):
    """ "01 01 90 12 34": nothing sets the last four apart."""
    return candidate.shape in {SPELLED_OUT, PAIRS} and len(set(candidate.gaps)) == 1


def _judge_unbroken(candidate):
    is_valid = cpr.has_modulus(candidate.digits)
    if candidate.shape in NEEDS_A_WORD or _touches_letters(candidate) or cpr.is_replacement(candidate.digits):
        return PASS
    if candidate.shape == PAIRS:
        return ASK if is_valid else PASS
    if cpr_context.is_other_number(candidate) or _follows_bank_code(candidate):
        return ASK if is_valid else PASS
    return BLOCK if is_valid else ASK


def _touches_letters(candidate):
    return any(LETTER.match(character) for character in candidate.before(1) + candidate.after(1))


def _follows_bank_code(candidate):
    return candidate.gap_before == " " and re.search(r"\b\d{4} $", candidate.before(6)) is not None


def _judge_separated(candidate, neighbours, today):
    if candidate.shape in NEEDS_A_WORD:
        return PASS
    doubts = (
        candidate.shape in ALWAYS_DOUBTFUL,
        candidate.shape in NEEDS_A_DASH and not _has_dash(candidate),
        DOUBTFUL_SEPARATOR.search(candidate.separator) is not None,
        cpr_context.is_other_number(candidate),
        cpr_context.has_unit(candidate),
        candidate.separator.isspace() and cpr_context.is_postal_address(candidate),
        CODE_BEFORE.search(candidate.before(7)) is not None,
        CODE_AFTER.match(candidate.after(4)) is not None,
        _has_decimals(candidate),
        _stands_among_numbers(candidate, neighbours),
        _is_a_moment(candidate, today),
        _is_a_dated_number(candidate, today),
        _is_a_date_and_a_number(candidate, today),
    )
    return ASK if any(doubts) else BLOCK


def _has_dash(candidate):
    return any(_is_dash(character) for character in candidate.separator)


def _has_decimals(candidate):
    return candidate.gap_after == "," and re.match(r",\d{1,2}(?!\d)", candidate.after(4)) is not None


def _stands_among_numbers(candidate, neighbours):
    """Groups of digits with spaces between, such as a card or an account, unless written with a sign."""
    if candidate.separator != " ":
        return False
    before = candidate.first - 1 not in neighbours.ends and candidate.gap_before == " "
    return before or (candidate.last + 1 not in neighbours.beginnings and candidate.gap_after == " ")


def _is_a_moment(candidate, today):
    """Could it be ddmmyy-hhmm? Who was born in "the same year" a century ago is hardly meant."""
    clock, age = candidate.digits[6:], _years_since(candidate, today)
    is_clock = CLOCK.fullmatch(clock) is not None and not cpr.is_replacement(candidate.digits)
    if not is_clock or not YEARS_AHEAD <= age <= YEARS_MAYBE_RECENT:
        return False
    is_recent, is_daytime = age <= YEARS_ALWAYS_RECENT, DAYTIME.fullmatch(clock) is not None
    if cpr_context.speaks_of_a_moment(candidate):
        return True
    is_likely = is_daytime and (is_recent or clock[-1] in "05")
    return is_likely and not cpr_context.speaks_of_a_person(candidate)


def _is_a_dated_number(candidate, today):
    """ "Sag 120324-5678": numbered by the day it came in."""
    return cpr_context.is_some_number(candidate) and YEARS_AHEAD <= _years_since(candidate, today) <= YEARS_MAYBE_RECENT


def _years_since(candidate, today):
    """Read as a day of our own time, how long ago?"""
    return today.year - THIS_CENTURY - int(candidate.digits[4:6])


def _is_a_date_and_a_number(candidate, today):
    """ "12.03.2024 4500 …" and "15.03.24 4500 …" are more often a date and something else."""
    birth_date = cpr.birth_date(candidate.digits)
    is_young = (today - birth_date).days < ADULT_DAYS
    if candidate.shape in LONG_DATES:
        is_year = birth_date.year <= int(candidate.written[8:]) <= today.year
        is_spaced = any(character.isspace() for character in candidate.separator)
        return is_year or (is_spaced and (is_young or not _has_dash(candidate)))
    return candidate.shape == DOTTED_DATE and candidate.separator.isspace() and is_young and candidate.gaps[0] != " "
