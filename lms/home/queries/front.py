from datetime import date

from courses.models import TeachingDayPage
from lms.programme.models import Participation


def front_page(on: date) -> dict:
    """The municipalities that take part that day, for the map and its caption, and the course's published days."""
    current = Participation.objects.current(on).order_by("municipality__name")
    rows = list(current.values_list("municipality__code", "municipality__name").distinct())
    days = TeachingDayPage.objects.live().filter(path__startswith=_first_course_path())
    return {
        "chosen": {code for code, _name in rows},
        "mine": None,
        "municipalities": [name for _code, name in rows],
        "teaching_days": list(days.order_by("number").values_list("title", flat=True)),
    }


def _first_course_path() -> str:
    """The front page tells of one course: the first that is published."""
    page = TeachingDayPage.objects.live().order_by("path").values_list("path", flat=True).first()
    return page[: -TeachingDayPage.steplen] if page else "-"
