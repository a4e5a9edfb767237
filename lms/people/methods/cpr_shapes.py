"""Where in a text ten digits stand as a personal number is written."""

import re
from dataclasses import dataclass
from functools import cached_property

from .plain import Plain

DIGITS = re.compile(r"[0-9]+")
UNBROKEN = (10,)
DATE_THEN_FOUR = (6, 4)
LONG_UNBROKEN = (12,)
SPELLED_OUT = (1,) * 10
PAIRS = (2,) * 5
WITHOUT_FIRST_ZERO = (5, 4)
# How many digits stand together, and how many of the groups make the date.
SHAPES = {
    DATE_THEN_FOUR: 1,
    UNBROKEN: 1,
    LONG_UNBROKEN: 1,
    (8, 4): 1,
    (2, 2, 2, 4): 3,
    (2, 2, 4, 4): 3,
    (4, 2, 4): 2,
    (2, 4, 4): 2,
    (2, 2, 6): 2,
    (6, 2, 2): 1,
    (6, 1, 1, 1, 1): 1,
    (1, 1, 1, 1, 1, 1, 4): 6,
    SPELLED_OUT: 6,
    PAIRS: 3,
    (5, 5): 1,
    (3, 3, 4): 2,
    WITHOUT_FIRST_ZERO: 1,
}
BY_FIRST = {length: [shape for shape in SHAPES if shape[0] == length] for length, *_rest in SHAPES}
LONGEST = max(len(shape) for shape in SHAPES)
JOINT = re.compile(r"[^\w,;()]{1,2}|_")
SEPARATOR = re.compile(r"[^\w]{0,2}(?:[^\w]|_)[^\w]{0,3}")
LONG_DATES = {(8, 4), (2, 2, 4, 4), LONG_UNBROKEN}


@dataclass(frozen=True)
class Candidate:
    """Ten digits that may be a personal number; ``first`` and ``last`` count the text's digit groups."""

    plain: Plain
    groups: list
    first: int
    last: int
    shape: tuple

    @cached_property
    def written(self):
        return "".join(match[0] for match in self.groups[self.first : self.last + 1])

    @cached_property
    def digits(self):
        """The ten digits, the century of a date with four-figure year left out."""
        if self.shape in LONG_DATES:
            return self.written[:4] + self.written[6:]
        return self.written.zfill(10)

    @property
    def start(self):
        return self.groups[self.first].start()

    @property
    def end(self):
        return self.groups[self.last].end()

    @property
    def span(self):
        return self.plain.span(self.start, self.end)

    @cached_property
    def gaps(self):
        return [_gap(self.plain.text, self.groups, index) for index in range(self.first, self.last)]

    @cached_property
    def separator(self):
        """What stands between the date and the last four; empty when nothing does."""
        if len(self.shape) == 1:
            return "\N{ZERO WIDTH SPACE}" if self.is_split else ""
        return self.gaps[SHAPES[self.shape] - 1]

    @property
    def is_split(self):
        """Unbroken to the eye, yet with something invisible before the last four."""
        return self.shape == UNBROKEN and self.plain.is_split_before(self.start + 6)

    def before(self, length):
        return self.plain.text[max(0, self.start - length) : self.start]

    def after(self, length):
        return self.plain.text[self.end : self.end + length]

    @property
    def gap_before(self):
        """What stands between this and the digits before it, or None when there are none."""
        return _gap(self.plain.text, self.groups, self.first - 1) if self.first else None

    @property
    def gap_after(self):
        return _gap(self.plain.text, self.groups, self.last) if self.last + 1 < len(self.groups) else None


def candidates(plain):
    """Every place where the digits are grouped as a personal number's."""
    groups = list(DIGITS.finditer(plain.text))
    lengths = [match.end() - match.start() for match in groups]
    for first, length in enumerate(lengths):
        window = tuple(lengths[first : first + LONGEST])
        for shape in BY_FIRST.get(length, ()):
            if window[: len(shape)] == shape:
                candidate = Candidate(plain, groups, first, first + len(shape) - 1, shape)
                if _hangs_together(candidate):
                    yield candidate


def _gap(text, groups, index):
    return text[groups[index].end() : groups[index + 1].start()]


def _hangs_together(candidate):
    divider = SHAPES[candidate.shape] - 1
    return all(
        (SEPARATOR if index == divider else JOINT).fullmatch(gap) is not None
        for index, gap in enumerate(candidate.gaps)
    )
