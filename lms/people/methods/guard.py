"""The writing guard: what must not be stored, and what to ask about first.

Nothing here keeps or logs the text; a verdict holds places in it, never its words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from .addresses import addresses_in, emails_in
from .cpr_shapes import candidates
from .cpr_verdict import ASK, BLOCK, PASS, Neighbours, judge
from .names import names_in
from .phones import phones_in
from .plain import Plain, readings

CPR, CPR_LIKE, EMAIL, PHONE, ADDRESS, NAME = "cpr", "cpr_like", "email", "phone", "address", "name"
# Where two kinds of finding overlap, the earlier one is told.
KINDS = (CPR, CPR_LIKE, EMAIL, PHONE, ADDRESS, NAME)
# Numbers that carry ten digits inside them and are something else altogether.
KNOWN_OTHERWISE = re.compile(
    r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"
    r"|\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7} ?[A-Z0-9]{2,4}\b"
    r"|\b10\.[0-9]{4,9}/[^\s]{1,100}"
)
# A number cut out of the middle may leave two halves of another one.
REWRITING_ROUNDS = 5


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


def scan(text: str, *, today: date, confidential: bool = False, names: frozenset[str] = frozenset()) -> Verdict:
    """Judge ``text``: "block" must not be stored, "ask" wants a second yes, "pass" is fine.

    A ``confidential`` text is a case's, where a name or an e-mail address can tell who it is about; ``names`` holds the
    parts of the names of people on the site (:func:`names.parts_of`).
    """
    found = set()
    for plain in readings(text):
        found |= set(_numbers(plain, today)) | set(_contacts(plain))
        if confidential:
            found |= set(_only_in_cases(plain, names))
    findings = _without_overlaps(found)
    return Verdict(_level(findings), findings)


def rewritten(text: str, *, words: Mapping[str, str], today: date, confidential=False, names=frozenset()) -> str:
    """``text`` with a word of ``words`` in place of each finding; what must not be stored is left out."""
    for _round in range(REWRITING_ROUNDS):
        findings = scan(text, today=today, confidential=confidential, names=names).findings
        if not findings:
            break
        for finding in reversed(findings):
            text = _replaced(text, finding, words.get(finding.kind, ""))
    return text


def _replaced(text, finding, word):
    before, after = text[: finding.start], text[finding.end :]
    if not word and before.endswith("(") and after.startswith(")"):
        before, after = before[:-1], after[1:]
    if not word and before[-1:] in {"", " "}:
        after = after.removeprefix(" ")
    return before + word + after


def _numbers(plain: Plain, today: date) -> Iterator[Finding]:
    found = list(candidates(_without_known(plain)))
    neighbours = Neighbours({candidate.first for candidate in found}, {candidate.last for candidate in found})
    for candidate in found:
        level = judge(candidate, neighbours, today)
        if level != PASS:
            first, after = candidate.span
            yield Finding(first, after, CPR if level == BLOCK else CPR_LIKE)


def _contacts(plain: Plain) -> Iterator[Finding]:
    known = _without_known(plain)
    yield from _findings(plain, PHONE, phones_in(known))
    yield from _findings(plain, ADDRESS, addresses_in(known))


def _only_in_cases(plain: Plain, names: frozenset[str]) -> Iterator[Finding]:
    """Hints that grow precise only together, such as a small place, join here: a kind and a generator of spans."""
    yield from _findings(plain, EMAIL, emails_in(plain))
    yield from _findings(plain, NAME, names_in(plain, names))


def _findings(plain, kind, places):
    for start, end in places:
        first, after = plain.span(start, end)
        yield Finding(first, after, kind)


def _without_known(plain):
    text = KNOWN_OTHERWISE.sub(lambda match: "x" * len(match[0]), plain.text)
    return replace(plain, text=text)


def _without_overlaps(found):
    """In the order of the text, each place once: the gravest kind, then the longest."""
    kept: list[Finding] = []
    taken: set[int] = set()
    for finding in sorted(found, key=lambda one: (KINDS.index(one.kind), one.start - one.end, one.start)):
        place = range(finding.start, finding.end)
        if taken.isdisjoint(place):
            kept.append(finding)
            taken.update(place)
    return sorted(kept)


def _level(findings):
    if not findings:
        return PASS
    return BLOCK if any(finding.kind == CPR for finding in findings) else ASK
