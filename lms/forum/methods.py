"""Calculation over plain data: what to show of a text, how trials add up, where a page begins."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from lms.formats import markdown
from lms.formats.text import clean_line

EXCERPT_LENGTH = 200
LONGEST_SEARCH = 200
MOST_CHOSEN = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SLUG = re.compile(r"[-\w]{1,80}")
BOOKMARK = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")
KINDS = ("practice", "success", "challenge", "question", "tool")


def rendered(texts: Mapping[str, str]) -> dict[str, str]:
    """The HTML of every text that has any."""
    return {name: markdown.to_html(text) for name, text in texts.items() if text.strip()}


def excerpt_of(*texts: str) -> str:
    """The beginning of the first text that says anything."""
    return next((words for text in texts if (words := markdown.excerpt(text, EXCERPT_LENGTH))), "")


@dataclass(frozen=True)
class Tally:
    """In how many municipalities something was tried, and with what outcome. Each counts once, by its latest word."""

    places: int
    kept: int
    adapted: int
    dropped: int


def tally(trials: Iterable[tuple[int, str]]) -> Tally:
    """Add up pairs of organisation and outcome, given oldest first."""
    latest = dict(trials)
    outcomes = Counter(latest.values())
    return Tally(len(latest), outcomes["kept"], outcomes["adapted"], outcomes["dropped"])


@dataclass(frozen=True)
class Wanted:
    """What a reader has asked the list for. Choices of one facet widen it, choices of different facets narrow it."""

    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    principles: tuple[int, ...] = ()
    text: str = ""
    drafts: bool = False

    @property
    def chosen_count(self) -> int:
        return len(self.kinds) + len(self.themes) + len(self.principles)

    def without(self, facet: str, value: str) -> "Wanted":
        kept: dict[str, Any] = {facet: tuple(one for one in getattr(self, facet) if str(one) != value)}
        return replace(self, **kept)

    def pairs(self) -> list[tuple[str, str]]:
        """As the address has it."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("slags", kind) for kind in self.kinds]
        pairs += [("tema", slug) for slug in self.themes]
        pairs += [("princip", str(number)) for number in self.principles]
        return pairs + ([("kladder", "1")] if self.drafts else [])


def wanted_from(params) -> Wanted:
    """Read an address; whatever makes no sense there is left out, never an error."""
    return Wanted(
        kinds=tuple(kind for kind in KINDS if kind in params.getlist("slags")),
        themes=tuple(slug for slug in params.getlist("tema")[:MOST_CHOSEN] if SLUG.fullmatch(slug)),
        principles=tuple(int(one) for one in params.getlist("princip")[:MOST_CHOSEN] if re.fullmatch(r"[1-9]", one)),
        text=clean_line(params.get("q", ""))[:LONGEST_SEARCH].strip(),
        drafts=params.get("kladder") == "1",
    )


def bookmark(moment: datetime, pk: int) -> str:
    """Where a page of the list ends: the next one begins after this row, whatever has been written meanwhile."""
    return f"{(moment - EPOCH) // timedelta(microseconds=1)}-{pk}"


def read_bookmark(text: str) -> tuple[datetime, int] | None:
    if not (match := BOOKMARK.fullmatch(text)):
        return None
    return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])


def read_id(text: str) -> int:
    """A row's number out of an address; 0 for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0
