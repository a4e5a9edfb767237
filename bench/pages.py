"""The pages that are measured: a name, who opens it, and how its address is found in the demo's data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from lms.forum.models import Discussion
from supervision.models import SupervisionDay


@dataclass(frozen=True)
class Measured:
    name: str
    person: str
    address: Callable[[], str]
    kind: str = "read"


def _discussion() -> str:
    return reverse("forum:discussion", args=[Discussion.objects.order_by("pk").first().pk])


def _supervision_day() -> str:
    day = SupervisionDay.objects.exclude(cases=None).filter(group__name="Øst 1").order_by("-number").first()
    return reverse("supervision:day", args=[day.pk])


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
    Measured("search", CONSULTANT, lambda: reverse("forum:discussions") + "?q=samtale", "search"),
)
