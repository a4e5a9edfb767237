"""What gives a person away in a text: the name, the addresses and the phone number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

LEAST_DIGITS = 8
GREETING = r"(?:(?:(?:med\s+)?(?:venlig|kærlig|mange|bedste)\s+)?(?:hilsen|hilsner)|mvh|kh|vh|/)"


@dataclass(frozen=True)
class Words:
    name: str
    addresses: tuple[str, ...] = ()
    phone: str = ""

    @property
    def whole(self) -> tuple[str, ...]:
        """What stands for this person and for hardly anybody else."""
        return tuple(word for word in (*self.addresses, self.name.strip()) if word)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        parts = [*map(_loosely, self.whole), *_digits(self.phone), *_signatures(self.name)]
        return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)

    def stand_in(self, value: Any) -> bool:
        return value != self.taken_out_of(value, "")

    def taken_out_of(self, value: Any, instead: str) -> Any:
        """``value``, a text or what JSON is made of, with ``instead`` where it gave the person away."""
        if isinstance(value, str):
            return self.pattern.sub(instead, value)
        if isinstance(value, list):
            return [self.taken_out_of(part, instead) for part in value]
        if isinstance(value, dict):
            return {key: self.taken_out_of(part, instead) for key, part in value.items()}
        return value


def _loosely(word: str) -> str:
    """However the words are spaced; not inside a longer word."""
    parts = r"\s+".join(re.escape(part) for part in word.split())
    return rf"(?<!\w){parts}(?!\w)"


def _digits(phone: str) -> Iterable[str]:
    digits = re.sub(r"\D", "", phone)
    if len(digits) >= LEAST_DIGITS:
        parted = r"[\s-]?".join(digits[-LEAST_DIGITS:])
        yield rf"(?<!\d){parted}(?!\d)"


def _signatures(name: str) -> Iterable[str]:
    """The first name alone, where it is how a letter ends."""
    if first := name.partition(" ")[0]:
        yield rf"(?<!\w)(?:{GREETING})[\s,]*{re.escape(first)}(?!\w)"
