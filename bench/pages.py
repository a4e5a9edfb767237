"""The pages that are measured: a name, who opens it, and how its address is found in the demo's data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from bench.calendars import feed_of_days
from lms.forum.models import Discussion
from supervision.models import SupervisionDay


@dataclass(frozen=True)
class Measured:
    name: str
    person: str
    address: Callable[[], str]
    kind: str = "read"
    # Asked again with the ETag of the first answer, as a calendar program does: 304, without the text.
    is_again: bool = False


def _discussion() -> str:
    return reverse("forum:discussion", args=[Discussion.objects.order_by("pk").first().pk])


def _supervision_day() -> str:
    day = SupervisionDay.objects.exclude(cases=None).filter(group__name="Øst 1").order_by("-number").first()
    return reverse("supervision:day", args=[day.pk])


SIGNED_IN = "bare view, signed in"
CONSULTANT, EASTERN = "mette.lindholm@viborg.example", "ali.demirci@hoeje-taastrup.example"
COORDINATOR, AGENCY = "line.falk@fjordbro.example", "jonas.eskesen@star.example"

PAGES = (
    Measured("front", "", lambda: reverse("home:front")),
    Measured("overview", CONSULTANT, lambda: reverse("home:overview")),
    Measured("overview, coordinator", COORDINATOR, lambda: reverse("home:overview")),
    Measured("overview, agency", AGENCY, lambda: reverse("home:overview")),
    Measured("teaching day", CONSULTANT, lambda: reverse("courses:day", args=["vest", 4])),
    Measured("cohort", CONSULTANT, lambda: reverse("meetings:cohort", args=["vest"])),
    Measured("kursister", COORDINATOR, lambda: reverse("meetings:people", args=["vest"])),
    Measured("supervision day", EASTERN, _supervision_day),
    Measured("discussions", CONSULTANT, lambda: reverse("forum:discussions")),
    Measured("discussion", CONSULTANT, _discussion),
    # Everything is measured against the bare view; what a feed must reach is told from this one, of a signed-in person.
    Measured(SIGNED_IN, CONSULTANT, lambda: "/bench/bare-signed-in/"),
    Measured("feed of 40 days", "", feed_of_days),
    Measured("feed of 40 days, unchanged", "", feed_of_days, is_again=True),
    Measured("search", CONSULTANT, lambda: reverse("forum:discussions") + "?q=samtale", "search"),
)
