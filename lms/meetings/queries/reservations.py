"""Seats without names, and who waits, as those who look after them see them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from lms.meetings.models import Cohort, Enrolment, SeatReservation
from lms.meetings.queries.seats import cohort_blocks
from lms.people.models import Organisation


def reservations_for(user, cohort: Cohort) -> list[SeatReservation]:
    """By municipality, also those whose seats have all got names or whose day is past."""
    rows = SeatReservation.objects.visible_to(user).filter(cohort=cohort)
    return list(rows.select_related("municipality", "reserved_by").order_by("municipality__name", "pk"))


@dataclass(frozen=True)
class Waiting:
    """Somebody on the waiting list: the place in the whole line, and every rule that keeps an offer away now."""

    enrolment: Enrolment
    place: int
    blocks: tuple[str, ...]

    @property
    def before(self) -> int:
        return self.place - 1


def waiting_for(user, cohort: Cohort, now: datetime, *, free: int) -> list[Waiting]:
    """In order, in a few queries however many wait. A manager sees own people, with their places in the whole line."""
    waiting = cohort.enrolments.filter(state=Enrolment.State.WAITING).order_by("waiting_since", "pk")
    places = {pk: place for place, pk in enumerate(waiting.values_list("pk", flat=True), start=1)}
    seen = Enrolment.objects.visible_to(user).filter(pk__in=places).select_related("person", "municipality")
    rows = sorted(seen, key=lambda enrolment: places[enrolment.pk])
    if not rows:
        return []
    blocks = cohort_blocks(cohort, now, free)
    held = Counter({row.municipality_id: row.seats for row in cohort.reservations.holding(now)})
    return [_line(row, places[row.pk], blocks, held) for row in rows]


def offers_for(user, cohort: Cohort) -> list[Enrolment]:
    """Who has an offer to answer, the nearest deadline first, each with ``offer``."""
    seen = Enrolment.objects.visible_to(user).filter(cohort=cohort, state=Enrolment.State.OFFERED)
    rows = list(seen.select_related("person", "municipality").prefetch_related("offers"))
    for row in rows:
        row.offer = next(offer for offer in row.offers.all() if offer.closed_at is None)
    return sorted(rows, key=lambda row: (row.offer.expires_at, row.pk))


def municipalities_among(allowed: frozenset[int] | None) -> list[Organisation]:
    """Whose seats can be reserved: all of them for ``None``."""
    rows = Organisation.objects.municipalities().order_by("name")
    return list(rows if allowed is None else rows.filter(pk__in=allowed))


def _line(enrolment: Enrolment, place: int, blocks: list[str], held: Counter) -> Waiting:
    if held[enrolment.municipality_id]:
        held[enrolment.municipality_id] -= 1
        return Waiting(enrolment, place, tuple(block for block in blocks if block != "full"))
    return Waiting(enrolment, place, (*blocks, *(["others before"] if place > 1 else [])))
