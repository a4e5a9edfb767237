"""The words of the register, and where they are kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Erasure(Enum):
    """What happens to the rows about a person who is erased."""

    DELETE = _("deleted")
    ANONYMOUS = _("stays without the person")
    NOBODY = _("stays; who did it is taken out")
    FOLLOWS = _("goes with the row it belongs to")
    NUMBER = _("stays; its number leads to nobody")


@dataclass(frozen=True)
class Activity:
    """One processing activity, as article 30 of the GDPR asks for it."""

    code: str
    title: Text
    purpose: Text
    basis: Text
    people: Text
    recipients: Text


@dataclass(frozen=True)
class Keep:
    """How long, and from which moment; ``carry_out`` and ``waiting`` where the app has a way of its own."""

    days: int
    since: str
    words: Text
    only: dict[str, Any] = field(default_factory=dict)
    carry_out: Callable | None = None
    waiting: Callable | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One model: what it holds of whom, and what becomes of it.

    :param person: paths from the row to those whom it is about; :param by: who else did something to it.
    :param blank: texts that go when the row stays; :param stays: texts that stay, without the person's own name.
    :param secret: what is not handed out: keys, hashes, and what is about others.
    :param files: fields whose files are handed out.
    :param find: rows about a person that no path leads to.
    :param first: what has to happen before anything is erased; :param forget: instead of the general way.
    """

    model: str
    activity: Activity
    holds: Text
    erasure: Erasure
    person: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    because: Text = ""
    keep: Keep | None = None
    find: Callable | None = None
    first: Callable | None = None
    forget: Callable | None = None


@dataclass(frozen=True)
class Apart:
    """Models that hold nothing about people, and why that is so."""

    models: tuple[str, ...]
    because: Text


@dataclass
class Register:
    lines: list[Line] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)

    @property
    def by_activity(self) -> dict[Activity, list[Line]]:
        found: dict[Activity, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.activity, []).append(line)
        return found


_register = Register()


def the_register() -> Register:
    return _register


def register(*lines: Line) -> None:
    _register.lines += lines


def keep_apart(because: Text, *models: str) -> None:
    _register.apart.append(Apart(models, because))
