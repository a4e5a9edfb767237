"""What one would want to know of a group before it meets: hints in words, never a hindrance."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SMALLEST, LARGEST = 5, 8


@dataclass(frozen=True)
class Seat:
    """Somebody in the group, with the municipality they come from."""

    person: int
    name: str
    municipality: str


def hints(seats: Sequence[Seat], managing: Collection[tuple[int, str]]) -> list[str]:
    """``managing`` says who of them is a local manager, and of which municipality."""
    return [*_of_size(len(seats)), *_of_municipalities(seats), *_of_managers(seats, managing)]


def _of_size(size: int) -> list[str]:
    if SMALLEST <= size <= LARGEST:
        return []
    words = ngettext(
        "There is %(n)d kursist in the group. %(from)d to %(to)d is the aim.",
        "There are %(n)d kursister in the group. %(from)d to %(to)d is the aim.",
        size,
    )
    return [words % {"n": size, "from": SMALLEST, "to": LARGEST}]


def _of_municipalities(seats: Sequence[Seat]) -> list[str]:
    names = defaultdict(list)
    for seat in seats:
        names[seat.municipality].append(seat.name)
    words = _("%(municipality)s has more than one in the group: %(names)s.")
    several = {municipality: found for municipality, found in names.items() if len(found) > 1}
    return [
        words % {"municipality": municipality, "names": ", ".join(found)} for municipality, found in several.items()
    ]


def _of_managers(seats: Sequence[Seat], managing: Collection[tuple[int, str]]) -> list[str]:
    words = _("%(manager)s is the local manager of %(names)s in %(municipality)s, and in the same group.")
    found = []
    for seat in seats:
        for municipality in sorted(place for person, place in managing if person == seat.person):
            own = [who.name for who in seats if who.municipality == municipality and who.person != seat.person]
            if own:
                named = {"manager": seat.name, "names": ", ".join(own), "municipality": municipality}
                found.append(words % named)
    return found
