from datetime import datetime
from uuid import UUID

from django.db import transaction

from lms.people.actions import note_openings, record
from lms.people.models import Opening
from supervision.models import Case, SupervisionDay


class DayOver(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The day is over or cancelled: nothing more can be brought to it."""


class CaseGone(Exception):  # noqa: N818
    """The case has been deleted since the form was opened."""


class FocusQuestionMissing(Exception):  # noqa: N818
    """A case the group is to work with asks it something."""


class CaseChanged(Exception):  # noqa: N818
    """Somebody (the same person in another tab) has changed the case since the form was opened."""

    def __init__(self, case: Case):
        super().__init__()
        self.case = case


@transaction.atomic
def write_case(
    *, day: SupervisionDay, key: UUID, version: int, texts: dict, by, now: datetime, bring: bool = False
) -> Case:
    """Keep what the author wrote: a new draft the first time ``key`` is seen, the same case afterwards.

    :param version: the version the author saw; 0 for a form that has not been stored.
    :raises CaseChanged: when another text has been stored since, so that neither is lost.
    """
    _lock(day)
    case = Case.objects.with_day().filter(author=by, key=key).first()
    if case is None and version:
        raise CaseGone
    if case is None:
        case = _start(day, key, texts, by, now)
    elif case.texts != texts:
        _change(case, version, texts, by, now)
    return bring_case(case=case, by=by, now=now) if bring else case


def _lock(day):
    SupervisionDay.objects.select_for_update().get(pk=day.pk)


def _start(day, key, texts, by, now):
    if not day.is_open(now):
        raise DayOver
    case = Case.objects.create(day=day, author=by, key=key, created_at=now, changed_at=now, **texts)
    record(by=by, verb="write_case", about=case, now=now)
    return case


def _change(case, version, texts, by, now):
    if version != case.version:
        raise CaseChanged(case)
    if case.is_brought and not texts["focus_question"]:
        raise FocusQuestionMissing
    for name, text in texts.items():
        setattr(case, name, text)
    case.version += 1
    case.changed_at = now
    case.save()
    record(by=by, verb="write_case", about=case, now=now)


@transaction.atomic
def bring_case(*, case: Case, by, now: datetime) -> Case:
    """Let the group and its supervisor see the case. Bringing it twice is bringing it once."""
    if case.is_brought:
        return case
    if not case.day.is_open(now):
        raise DayOver
    if not case.focus_question:
        raise FocusQuestionMissing
    _set_state(case, Case.State.BROUGHT, now)
    record(by=by, verb="bring_case", about=case, now=now)
    return case


def note_case_opened(*, case: Case, by, now: datetime) -> None:
    """Leave a row for the author when somebody else reads the case."""
    is_supervisor = case.day.group.supervisor_id == by.pk
    role = Opening.Role.SUPERVISOR if is_supervisor else Opening.Role.MEMBER
    note_openings(by=by, things=[(case, case.author_id)], role=role, now=now)


@transaction.atomic
def take_back_case(*, case: Case, by, now: datetime) -> Case:
    """Make the case a draft again, which its author alone sees."""
    if case.is_brought:
        _set_state(case, Case.State.DRAFT, None)
        record(by=by, verb="take_back_case", about=case, now=now)
    return case


def _set_state(case, state, brought_at):
    case.state = state
    case.brought_at = brought_at
    case.save(update_fields=["state", "brought_at"])


@transaction.atomic
def delete_case(*, case: Case, by, now: datetime) -> None:
    """Delete the text for good; the trail keeps the number of the case."""
    record(by=by, verb="delete_case", about=case, now=now)
    case.delete()


def delete_old_cases(*, now: datetime) -> int:
    """Delete what has been kept long enough, one case at a time, so that a stop halfway loses nothing."""
    due = list(Case.objects.due_for_deletion(now).order_by("pk").values_list("pk", flat=True))
    return sum(_delete_due(pk, now) for pk in due)


@transaction.atomic
def _delete_due(pk, now):
    case = Case.objects.due_for_deletion(now).filter(pk=pk).only("pk").first()
    if case is None:
        return 0
    delete_case(case=case, by=None, now=now)
    return 1
