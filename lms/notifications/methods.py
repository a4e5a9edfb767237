"""The register of occasions: what there is to tell people, filled from each app's ``occasions.py``."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarPart:
    """An iMIP part: ``method`` stands in the MIME header and in the body alike (RFC 6047)."""

    method: str
    body: bytes


@dataclass(frozen=True)
class Mail:
    """A rendered mail. ``template`` is a name under ``templates/emails/``, rendered with ``context``."""

    template: str
    context: dict
    calendar: CalendarPart | None = None


@dataclass(frozen=True)
class Occasion:
    """One kind of notice.

    ``load`` takes the notice and the present moment and returns the mail, or ``None`` when the notice is no longer
    due, because the right or the state behind it has changed since the row was written.
    ``sent`` is told, in the transaction that marks the row as sent, that the mail has gone.
    """

    code: str
    load: Callable
    sent: Callable | None = None


_occasions: dict[str, Occasion] = {}


def register(occasion: Occasion) -> None:
    _occasions[occasion.code] = occasion


def occasion_for(code: str) -> Occasion:
    return _occasions[code]


def registered_codes() -> list[str]:
    return sorted(_occasions)
