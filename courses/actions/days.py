from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from courses.models import CoursePage, TeachingDay, TeachingDayPage
from lms.meetings import actions as meetings
from lms.meetings.models import Cohort, Meeting
from lms.people.actions import record

LONGEST_TITLE = 160


@transaction.atomic
def plan_teaching_days(
    *, cohort: Cohort, course_page: CoursePage, slots: list[dict], by, now: datetime, trainers=()
) -> list[TeachingDay]:
    """Give the cohort its teaching days. A slot names the day's number, its times and its place.

    Asking twice gives the same day: one that is planned already is left as it is.

    :raises TeachingDayPage.DoesNotExist: when the course has no page with a slot's number.
    """
    pages = {page.number: page for page in TeachingDayPage.objects.child_of(course_page).only("number", "title")}
    planned = {day.number: day for day in TeachingDay.objects.select_for_update().filter(cohort=cohort)}
    days = []
    for slot in slots:
        if (number := slot["number"]) not in pages:
            raise TeachingDayPage.DoesNotExist
        days.append(planned.get(number) or _plan(cohort, pages[number], slot, by=by, now=now, trainers=trainers))
    return days


def title_of(page: TeachingDayPage) -> str:
    """What stands in people's calendars, in the language of the course: »Dag 4: Arbejdsgiveren«."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Day %(number)d: %(title)s") % {"number": page.number, "title": page.title}
    return title[:LONGEST_TITLE]


def _plan(cohort, page, slot, *, by, now, trainers):
    facts = {name: value for name, value in slot.items() if name != "number"}
    kind = Meeting.Kind.TEACHING
    facts = {"title": title_of(page), **facts}
    meeting = meetings.schedule_meeting(cohort=cohort, kind=kind, by=by, now=now, trainers=trainers, **facts)
    day = TeachingDay.objects.create(cohort=cohort, page=page, number=page.number, meeting=meeting)
    record(by=by, verb="plan_teaching_day", about=day, now=now)
    return day
