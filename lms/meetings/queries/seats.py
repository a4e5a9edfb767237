"""Wishes for a seat as the one who has them sees them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, Sum
from django.utils.timezone import localdate

from lms.meetings.methods import links
from lms.meetings.models import Cohort, Enrolment, EnrolmentChange, Meeting, SeatOffer, SeatReservation
from lms.people.models import Organisation, Role

PURPOSE = "offer"
HOLDING = (Enrolment.State.ENROLLED, Enrolment.State.OFFERED)
GONE = (Enrolment.State.WITHDRAWN, Enrolment.State.REFUSED)


def offer_token(offer: SeatOffer) -> str:
    return links.sign(PURPOSE, o=offer.pk)


def offer_for_link(token: str, now: datetime) -> SeatOffer | None:
    """Also one that is answered or has run out, whose page says so; nothing for a forged link, or who has left."""
    ids = links.read(PURPOSE, token, None)
    if ids is None:
        return None
    offers = SeatOffer.objects.select_related("enrolment__cohort__course__provider", "enrolment__person")
    offer = offers.filter(pk=ids["o"]).first()
    return offer if offer and still_belongs(offer, now) else None


def still_belongs(offer: SeatOffer, now: datetime) -> bool:
    return still_at_work(offer.enrolment.person, now)


def still_at_work(person, now: datetime) -> bool:
    return person.is_active and person.memberships.exclude(end_date__lt=localdate(now)).exists()


def coming_days(cohort: Cohort, now: datetime) -> list[Meeting]:
    """The days the whole cohort has ahead of it."""
    return list(Meeting.objects.upcoming(now).filter(cohort=cohort, group=None))


def is_over(cohort: Cohort, now: datetime) -> bool:
    """Days were set, and the last of them has ended."""
    days = cohort.meetings.scheduled().filter(group=None)
    return days.exists() and not days.filter(ends_at__gt=now).exists()


def free_seats(cohort: Cohort, now: datetime) -> int:
    """Seats nobody has, is offered or holds without names."""
    return cohort.capacity - seats_held(cohort, now)


def seats_held(cohort: Cohort, now: datetime) -> int:
    """Seats somebody has, is offered or holds without names."""
    return _taken([cohort], now)[cohort.pk]


@dataclass(frozen=True)
class Standing:
    """Where somebody on the waiting list is, and every rule that keeps an offer from them now."""

    place: int
    of: int
    blocks: tuple[str, ...]

    @property
    def before(self) -> int:
        return self.place - 1


def standing_of(enrolment: Enrolment, now: datetime) -> Standing | None:
    """Only for who waits or has applied: an applicant has no place yet, only the reason."""
    if enrolment.state == Enrolment.State.APPLIED:
        return Standing(0, 0, ("not approved", *cohort_blocks(enrolment.cohort, now)))
    if enrolment.state != Enrolment.State.WAITING:
        return None
    cohort = enrolment.cohort
    waiting = cohort.enrolments.filter(state=Enrolment.State.WAITING)
    blocks = cohort_blocks(cohort, now)
    if cohort.reservations.holding(now).filter(municipality=enrolment.municipality_id).exists():
        # A seat of the own municipality's is for its people alone, in their order.
        waiting = waiting.filter(municipality=enrolment.municipality_id)
        blocks = [block for block in blocks if block != "full"]
    earlier = Q(waiting_since__lt=enrolment.waiting_since) | Q(
        waiting_since=enrolment.waiting_since, pk__lt=enrolment.pk
    )
    before = waiting.filter(earlier).count()
    return Standing(before + 1, waiting.count(), (*blocks, *(["others before"] if before else [])))


def history_of(enrolment: Enrolment, user) -> list[EnrolmentChange]:
    """The latest step first."""
    changes = EnrolmentChange.objects.visible_to(user).filter(enrolment=enrolment).select_related("by")
    return list(changes.order_by("-at", "-pk"))


@dataclass(frozen=True)
class OpenCohort:
    cohort: Cohort
    first_day: datetime | None
    free: int


def wishes_of(user) -> list[Enrolment]:
    """Every cohort the person has a seat in, or ever asked for one in."""
    wishes = Enrolment.objects.visible_to(user).filter(person=user)
    return list(wishes.select_related("cohort__course__provider").order_by("cohort__name", "pk"))


def open_cohorts_for(user, now: datetime) -> list[OpenCohort]:
    """Cohorts ``user`` may ask for a seat in: open, not over, and no wish of theirs stands there yet."""
    standing = Enrolment.objects.filter(person=user).exclude(state__in=GONE).values("cohort")
    rows = Cohort.objects.filter(state=Cohort.State.OPEN).exclude(pk__in=standing).select_related("course__provider")
    cohorts = list(rows.order_by("name", "pk"))
    days, taken = _days(cohorts, now), _taken(cohorts, now)
    return [
        OpenCohort(cohort, days.get(cohort.pk), max(0, cohort.capacity - taken[cohort.pk]))
        for cohort in cohorts
        if days.get(cohort.pk, True)
    ]


def employer_of(user) -> Organisation | None:
    """Whose seat a job consultant asks for: the municipality of the job begun last."""
    jobs = user.memberships.current().filter(role=Role.JOB_CONSULTANT).select_related("organisation")
    job = jobs.order_by("-start_date", "-pk").first()
    return job.organisation if job else None


def cohort_blocks(cohort: Cohort, now: datetime, free: int | None = None) -> list[str]:
    """What keeps every offer away, whoever waits. ``free`` is how many seats are, where that is known already."""
    blocks = [] if cohort.state == Cohort.State.OPEN else [cohort.state]
    if not _days([cohort], now).get(cohort.pk, True):
        blocks.append("past")
    free = free_seats(cohort, now) if free is None else free
    return blocks if free > 0 else [*blocks, "full"]


def _days(cohorts: list[Cohort], now: datetime) -> dict[int, datetime | None]:
    """When each cohort's next day begins; nothing where all have begun, no key where no day is set."""
    rows = Meeting.objects.scheduled().filter(cohort__in=cohorts, group=None).order_by().values_list("cohort")
    return dict(rows.annotate(first=Min("starts_at", filter=Q(starts_at__gt=now))))


def _taken(cohorts: list[Cohort], now: datetime) -> Counter[int]:
    seats = Enrolment.objects.filter(cohort__in=cohorts, state__in=HOLDING).order_by().values_list("cohort")
    held = SeatReservation.objects.holding(now).filter(cohort__in=cohorts).order_by()
    taken = Counter(dict(seats.annotate(seats=Count("pk"))))
    taken.update(dict(held.values_list("cohort").annotate(held=Sum("seats"))))
    return taken
