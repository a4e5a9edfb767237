from datetime import date

from courses.models import CoursePage, TeachingDayPage
from lms.programme.models import Participation


def front_page(on: date) -> dict:
    """The municipalities that take part that day, for the map and its caption, and the published course."""
    current = Participation.objects.current(on).order_by("municipality__name")
    rows = list(current.values_list("municipality__code", "municipality__name").distinct())
    course = CoursePage.objects.live().select_related("course").order_by("path").first()
    return {
        "chosen": {code for code, _name in rows},
        "mine": None,
        "municipalities": [name for _code, name in rows],
        "course": course,
        "teaching_days": _titles_below(course) if course else [],
    }


def _titles_below(course: CoursePage) -> list[str]:
    days = TeachingDayPage.objects.live().descendant_of(course).order_by("number")
    return list(days.values_list("title", flat=True))
