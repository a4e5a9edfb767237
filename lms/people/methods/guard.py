"""The writing guard: what must not be stored, and what to ask about first.

Nothing here keeps or logs the text; a verdict holds places in it, never its words.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from .cpr_shapes import candidates
from .cpr_verdict import ASK, BLOCK, PASS, Neighbours, judge
from .plain import readings

KINDS = {BLOCK: "cpr", ASK: "cpr_like"}
# Numbers that carry ten digits inside them and are something else altogether.
KNOWN_OTHERWISE = re.compile(
    r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"
    r"|\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7} ?[A-Z0-9]{2,4}\b"
    r"|\b10\.[0-9]{4,9}/[^\s]{1,100}"
)


@dataclass(frozen=True, order=True)
class Finding:
    """A place in the text, from ``start`` up to ``end``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Verdict:
    """What the guard says of a whole text."""

    level: str = PASS
    findings: list[Finding] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return sorted({finding.kind for finding in self.findings})

    @property
    def spans(self) -> list[tuple[int, int]]:
        return [(finding.start, finding.end) for finding in self.findings]


def scan(text: str, *, today: date) -> Verdict:
    """Judge ``text``: "block" must not be stored, "ask" wants a second yes, "pass" is fine."""
    worst: dict[tuple[int, int], str] = {}
    for plain in readings(text):
        for span, level in _judged(plain, today):
            worst[span] = BLOCK if BLOCK in (level, worst.get(span)) else level
    findings = sorted(Finding(*span, KINDS[level]) for span, level in worst.items())
    return Verdict(_level(worst.values()), findings)


def _level(levels):
    return min(levels, key=(BLOCK, ASK, PASS).index, default=PASS)


def _judged(plain, today):
    found = list(candidates(_without_known(plain)))
    neighbours = Neighbours({candidate.first for candidate in found}, {candidate.last for candidate in found})
    for candidate in found:
        level = judge(candidate, neighbours, today)
        if level != PASS:
            yield candidate.span, level


def _without_known(plain):
    text = KNOWN_OTHERWISE.sub(lambda match: "x" * len(match[0]), plain.text)
    return replace(plain, text=text)
