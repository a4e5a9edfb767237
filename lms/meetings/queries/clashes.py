"""What else is going on at the times somebody proposes: a warning before saving, never a hindrance."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.meetings.models import Invitee, Meeting
from lms.people.models import Organisation, User

# More people than this are counted rather than named.
NAMED = 6


@dataclass(frozen=True)
class Period:
    """A time somebody thinks of, and where."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    room: str = ""


@dataclass(frozen=True)
class Clash:
    """A day at an overlapping time: it takes the room, or some of the people, or both.

    ``is_elsewhere`` says that another provider runs it: its title is then none of the reader's business.
    """

    period: Period
    meeting: Meeting
    takes_the_room: bool
    people: tuple[User, ...]
    is_elsewhere: bool

    @property
    def named(self) -> tuple[User, ...]:
        return self.people[:NAMED]

    @property
    def unnamed(self) -> int:
        return len(self.people[NAMED:])


def overlaps(one, other) -> bool:
    """Whether two things with ``starts_at`` and ``ends_at`` share any time; to follow on each other is no clash."""
    return one.starts_at < other.ends_at and one.ends_at > other.starts_at


def seen_as(clashes: list[Clash]) -> str:
    """What a tick »all the same« stands for: these clashes, and no others that come up meanwhile."""
    return " ".join(f"{clash.period.starts_at:%Y%m%d%H%M}-{clash.meeting.pk}-{len(clash.people)}" for clash in clashes)


def clashes_for(
    *, provider: Organisation, periods: list[Period], people: Iterable = (), ignoring: Collection[int] = ()
) -> list[Clash]:
    """By period, then by time, in two queries however many periods and people.

    ``people`` are trainers and kursister alike; one who has declined is free. ``ignoring`` are the meetings that are
    being moved themselves, by number.
    """
    if not periods:
        return []
    meetings = list(_meanwhile(periods, ignoring))
    busy = _busy(meetings, people)
    found = [_clash(period, meeting, busy.get(meeting.pk, ()), provider) for period in periods for meeting in meetings]
    return [clash for clash in found if clash.takes_the_room or clash.people]


def _meanwhile(periods: list[Period], ignoring: Collection[int]):
    first, last = min(period.starts_at for period in periods), max(period.ends_at for period in periods)
    meetings = Meeting.objects.scheduled().filter(starts_at__lt=last, ends_at__gt=first).exclude(pk__in=ignoring)
    return meetings.select_related("cohort__course").defer("vevent", "notes")


def _busy(meetings: list[Meeting], people: Iterable) -> dict[int, tuple[User, ...]]:
    """By meeting, who of ``people`` is to be there."""
    coming = Invitee.objects.active().exclude(answer=Invitee.Answer.DECLINED).filter(meeting__in=meetings)
    busy: dict[int, tuple[User, ...]] = {}
    asked = coming.filter(person__in=[person.pk for person in people])
    for invitee in asked.select_related("person").order_by("person__name", "pk"):
        busy[invitee.meeting_id] = (*busy.get(invitee.meeting_id, ()), invitee.person)
    return busy


def _clash(period: Period, meeting: Meeting, people: tuple[User, ...], provider: Organisation) -> Clash:
    is_same_time = overlaps(meeting, period)
    is_elsewhere = meeting.cohort.course.provider_id != provider.pk
    takes_the_room = is_same_time and not is_elsewhere and _same_room(period, meeting)
    return Clash(period, meeting, takes_the_room, people if is_same_time else (), is_elsewhere)


def _same_room(period: Period, meeting: Meeting) -> bool:
    """A room without a name is no room; people write »lokale 2« and »Lokale 2 «."""
    asked, taken = ((_plain(where.place), _plain(where.room)) for where in (period, meeting))
    return bool(asked[1]) and asked == taken


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
