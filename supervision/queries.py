"""What the pages of supervision show. Each function starts from what the person may see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Max

from lms.meetings.models import GroupMembership, SupervisionGroup
from supervision.models import Case, Learning, NextStep, SupervisionDay

Item = TypeVar("Item", Case, Learning, NextStep)


def last_number_of(group: SupervisionGroup) -> int:
    """The number of the group's latest supervision day: the next goes on from there."""
    return group.days.aggregate(last=Max("number"))["last"] or 0


@dataclass(frozen=True)
class Colleague:
    """Somebody in a group, now or before: a name is never without its municipality."""

    pk: int
    name: str
    title: str
    municipality: str
    code: str
    is_present: bool


@dataclass(frozen=True)
class GroupCard:
    """A group as its member or its supervisor meets it on the front page of supervision."""

    group: SupervisionGroup
    colleagues: list[Colleague]
    days: list[SupervisionDay]
    next_day: SupervisionDay | None
    is_member: bool
    cases: list[Case]
    steps: list[NextStep]


@dataclass(frozen=True)
class Signed(Generic[Item]):
    """Something somebody wrote, with who it was."""

    item: Item
    who: Colleague | None
    is_own: bool


def groups_for(user, now: datetime) -> list[GroupCard]:
    """The groups whose supervision content ``user`` may see, as a member or as the supervisor."""
    groups = list(SupervisionGroup.objects.open_to(user).select_related("supervisor", "cohort"))
    colleagues = _colleagues_by_group(groups)
    rows = (
        SupervisionDay.objects.visible_to(user).with_meeting().with_queue(),
        own_cases_for(user),
        own_steps_for(user),
    )
    days, cases, steps = (_by_group(of_groups) for of_groups in rows)
    return [
        GroupCard(
            group=group,
            colleagues=[who for who in colleagues[group.pk].values() if who.is_present],
            days=days[group.pk],
            next_day=_next(days[group.pk], now),
            is_member=user.pk in colleagues[group.pk] and colleagues[group.pk][user.pk].is_present,
            cases=cases[group.pk],
            steps=steps[group.pk],
        )
        for group in groups
    ]


def colleagues_of(group) -> dict[int, Colleague]:
    """Everybody who is or has been in ``group``, by person."""
    return _colleagues_by_group([group])[group.pk]


def people_for_choice(group) -> list[tuple[int, str]]:
    """The present members, as a form offers them."""
    return [(pk, f"{who.name}, {who.municipality}") for pk, who in colleagues_of(group).items() if who.is_present]


def own_cases_for(user) -> list[Case]:
    return list(Case.objects.visible_to(user).own(user).with_day().order_by("day__meeting__starts_at", "id"))


def own_steps_for(user) -> list[NextStep]:
    """Next steps a person has not told about yet."""
    return list(NextStep.objects.visible_to(user).own(user).planned().select_related("day"))


def queue_for(user, day, colleagues) -> list[Signed[Case]]:
    """The cases of a day that ``user`` may see: the group's queue, and own drafts."""
    return _signed(Case.objects.visible_to(user).filter(day=day), "author_id", user, colleagues)


def steps_to_follow_up_for(user, day, colleagues) -> list[Signed[NextStep]]:
    return _signed(NextStep.objects.visible_to(user).to_follow_up_on(day), "person_id", user, colleagues)


def steps_of_day_for(user, day, colleagues) -> list[Signed[NextStep]]:
    return _signed(NextStep.objects.visible_to(user).filter(day=day), "person_id", user, colleagues)


def learnings_of_day_for(user, day, colleagues) -> list[Signed[Learning]]:
    return _signed(Learning.objects.visible_to(user).filter(day=day), "focus_person_id", user, colleagues)


def learnings_of_group_for(user, group) -> list[Learning]:
    return list(Learning.objects.visible_to(user).approved().filter(day__group=group).select_related("day"))


def _signed(items, person_field, user, colleagues):
    return [
        Signed(item, colleagues.get(getattr(item, person_field)), getattr(item, person_field) == user.pk)
        for item in items
    ]


def _colleagues_by_group(groups):
    found: dict[int, dict[int, Colleague]] = {group.pk: {} for group in groups}
    present = set(GroupMembership.objects.current().filter(group__in=groups).values_list("pk", flat=True))
    rows = GroupMembership.objects.filter(group__in=groups)
    for row in rows.select_related("enrolment__person", "enrolment__municipality"):
        colleague = _colleague(row.enrolment, row.pk in present)
        known = found[row.group_id].get(colleague.pk)
        if known is None or colleague.is_present:
            found[row.group_id][colleague.pk] = colleague
    return found


def _colleague(enrolment, is_present):
    person, municipality = enrolment.person, enrolment.municipality
    return Colleague(person.pk, person.name, person.title, municipality.name, municipality.code, is_present)


def _by_group(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.group_id if isinstance(row, SupervisionDay) else row.day.group_id].append(row)
    return found


def _next(days, now):
    return min((day for day in days if day.is_open(now)), key=lambda day: day.meeting.starts_at, default=None)
