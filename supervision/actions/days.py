from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from lms.meetings import actions as meetings
from lms.meetings.models import Cohort, Meeting, SupervisionGroup
from lms.people.actions import record
from supervision.models import SupervisionDay

MEETING_FIELDS = ("starts_at", "ends_at", "place", "room", "address", "online_link", "notes")
LONGEST_TITLE = 160


@transaction.atomic
def plan_supervision_days(*, group: SupervisionGroup, slots: list[dict], by, now: datetime) -> list[SupervisionDay]:
    """Give ``group`` its dated days. A number that is planned already stays as it is.

    A slot has ``number``, ``title``, ``starts_at`` and ``ends_at``, and may have ``purpose``, ``themes``, ``bring`` and
    the place. The title stands in people's calendars, so it names the day's theme and never a case.
    """
    # The cohort first, as everybody does who changes its groups: two of us never wait for each other.
    Cohort.objects.select_for_update().get(pk=group.cohort_id)
    group = SupervisionGroup.objects.select_for_update().get(pk=group.pk)
    planned = {day.number: day for day in group.days.with_meeting()}
    return [planned.get(slot["number"]) or _plan(group, slot, by, now) for slot in slots]


def title_of(slot: dict) -> str:
    """What stands in people's calendars, in the language of the course: »Supervisionsdag 2: Når det går i stå«."""
    with translation.override(settings.LANGUAGE_CODE):
        named, plain = _("Supervision day %(number)d: %(title)s"), _("Supervision day %(number)d")
    return ((named if slot["title"] else plain) % slot)[:LONGEST_TITLE]


def _plan(group, slot, by, now):
    meeting = meetings.schedule_meeting(
        cohort=group.cohort,
        group=group,
        kind=Meeting.Kind.SUPERVISION,
        title=title_of(slot),
        trainers=[group.supervisor],
        by=by,
        now=now,
        **{name: slot[name] for name in MEETING_FIELDS if name in slot},
    )
    day = group.days.create(
        meeting=meeting,
        number=slot["number"],
        title=slot["title"] or title_of(slot),
        purpose=slot.get("purpose", ""),
        themes=list(slot.get("themes", ())),
        bring=slot.get("bring", ""),
    )
    record(by=by, verb="plan_supervision_day", about=day, now=now)
    return day
