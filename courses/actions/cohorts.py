from datetime import datetime
from itertools import count

from django.db import transaction
from django.urls import resolve, reverse
from django.utils.text import slugify

from courses.actions.days import plan_teaching_days
from courses.models import CoursePage
from lms.formats.text import clean_line
from lms.meetings.actions import NameTaken
from lms.meetings.models import Cohort
from lms.people.actions import record
from lms.programme.models import Course

IN_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
LONGEST_SLUG = 50
RULES = ("needs_approval", "offer_hours")


@transaction.atomic
def create_cohort(
    *, course_page: CoursePage, name: str, capacity: int, slots: list[dict], by, now: datetime, trainers=(), like=None
) -> Cohort:
    """A cohort with its address and all its teaching days, or nothing at all; with the rules for seats of ``like``.

    :raises NameTaken: also for the second of two clicks, which makes no second cohort.
    """
    # An address is one among all courses' cohorts, so those who make one take turns.
    list(Course.objects.select_for_update().order_by("pk").values_list("pk"))
    course, name = course_page.course, clean_line(name)
    if Cohort.objects.filter(course=course, name=name).exists():
        raise NameTaken
    rules = {rule: getattr(like, rule) for rule in RULES} if like else {}
    cohort = Cohort.objects.create(course=course, name=name, slug=_free_slug(name), capacity=capacity, **rules)
    record(by=by, verb="create_cohort", about=cohort, now=now)
    plan_teaching_days(cohort=cohort, course_page=course_page, slots=slots, by=by, now=now, trainers=trainers)
    return cohort


def _free_slug(name: str) -> str:
    """The name as an address, with a number where another cohort or a page of ours has it."""
    words = slugify(name.lower().translate(IN_ASCII))[:LONGEST_SLUG] or "hold"
    numbered = (f"{words[: LONGEST_SLUG - len(str(n)) - 1]}-{n}" for n in count(2))
    candidates = (slug for first in ([words], numbered) for slug in first)
    return next(
        slug for slug in candidates if _leads_to_a_cohort(slug) and not Cohort.objects.filter(slug=slug).exists()
    )


def _leads_to_a_cohort(slug: str) -> bool:
    """Not »hold/soeg/«: what stands there is another page."""
    return resolve(reverse("meetings:cohort", args=[slug])).view_name == "meetings:cohort"
