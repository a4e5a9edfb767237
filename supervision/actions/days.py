from datetime import datetime

from django.db import transaction

from lms.meetings import actions as meetings
from lms.meetings.models import Meeting, SupervisionGroup
from lms.people.actions import record
from supervision.models import SupervisionDay

MEETING_FIELDS = ("starts_at", "ends_at", "place", "room", "address", "online_link", "notes")


@transaction.atomic
def plan_supervision_days(*, group: SupervisionGroup, slots: list[dict], by, now: datetime) -> list[SupervisionDay]:
    """Give ``group`` its dated days. A number that is planned already stays as it is.

    A slot has ``number``, ``title``, ``starts_at`` and ``ends_at``, and may have ``purpose``, ``themes``, ``bring`` and
    the place. The title stands in people's calendars, so it names the day's theme and never a case.
    """
    group = SupervisionGroup.objects.select_for_update().get(pk=group.pk)
    planned = {day.number: day for day in group.days.with_meeting()}
    return [planned.get(slot["number"]) or _plan(group, slot, by, now) for slot in slots]


def _plan(group, slot, by, now):
    meeting = meetings.schedule_meeting(
        cohort=group.cohort,
        group=group,
        kind=Meeting.Kind.SUPERVISION,
        title=slot["title"],
        trainers=[group.supervisor],
        by=by,
        now=now,
        **{name: slot[name] for name in MEETING_FIELDS if name in slot},
    )
    day = group.days.create(
        meeting=meeting,
        number=slot["number"],
        title=slot["title"],
        purpose=slot.get("purpose", ""),
        themes=list(slot.get("themes", ())),
        bring=slot.get("bring", ""),
    )
    record(by=by, verb="plan_supervision_day", about=day, now=now)
    return day
