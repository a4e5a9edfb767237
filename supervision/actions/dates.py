"""Ending a poll with a date: the group's next supervision day."""

from datetime import datetime

from django.db import transaction

from lms.meetings import actions as meetings
from lms.meetings.models import SupervisionGroup
from supervision.actions.days import plan_supervision_days
from supervision.queries import last_number_of


@transaction.atomic
def choose_date(*, poll, option, title: str, by, now: datetime, is_meant: bool = False, place: str = "") -> None:
    """Make ``option`` the group's next supervision day, and invite. Choosing it twice makes one day.

    :raises NobodyCanCome: no member can come then, unless it ``is_meant``. :raises PollClosed: another was chosen.
    """
    if not meetings.settle_poll(poll=poll, option=option, by=by, now=now, is_meant=is_meant):
        return
    group = SupervisionGroup.objects.select_for_update().get(pk=poll.group_id)
    slot = {"number": last_number_of(group) + 1, "title": title, "place": place}
    slot |= {"starts_at": option.starts_at, "ends_at": option.ends_at}
    plan_supervision_days(group=group, slots=[slot], by=by, now=now)
