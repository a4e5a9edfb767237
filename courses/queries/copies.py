"""What a cohort that is made like another takes over."""

from collections import Counter
from dataclasses import dataclass

from django.core.validators import slug_re

from courses.models import CoursePage, TeachingDay
from lms.meetings.models import Cohort, Invitee

WHERE = ("place", "room", "address", "online_link", "notes")
TAKEN = ("starts_at", "ends_at", *WHERE)
NOTHING = dict.fromkeys(WHERE, "")


@dataclass(frozen=True)
class Copy:
    """``days`` by number, what most of them have in ``common``, and who led them."""

    cohort: Cohort
    days: dict[int, dict]
    common: dict[str, str]
    trainers: list[str]


def cohort_to_copy(user, page: CoursePage, slug: str) -> Copy | None:
    """One of the course's own cohorts, cancelled or not: its plan is what counts."""
    if not slug_re.match(slug):  # a database may choke on what no address can hold
        return None
    cohort = Cohort.objects.visible_to(user).filter(course=page.course, slug=slug).first()
    if cohort is None:
        return None
    rows = TeachingDay.objects.filter(cohort=cohort).select_related("meeting").order_by("number")
    days = {row.number: {name: getattr(row.meeting, name) for name in TAKEN} for row in rows}
    return Copy(cohort, days, _common(list(days.values())), _led_by(cohort))


def _common(days: list[dict]) -> dict[str, str]:
    if not days:
        return NOTHING
    return {name: Counter(day[name] for day in days).most_common(1)[0][0] for name in WHERE}


def _led_by(cohort: Cohort) -> list[str]:
    leading = Invitee.objects.active().filter(meeting__cohort=cohort, meeting__group=None, role=Invitee.Role.TRAINER)
    return [str(pk) for pk in leading.order_by("person").values_list("person", flat=True).distinct()]
