"""What was done with a cohort, for those who organise it: what no other of its pages tells."""

from dataclasses import dataclass

from lms.meetings.models import (
    Cohort,
    DatePoll,
    GroupMembership,
    ImportDraft,
    Meeting,
    SeatReservation,
    SupervisionGroup,
)
from lms.people.models import AuditEntry, User
from lms.people.queries import Deed, deed, page_before

# Changes of days stand on the cohort's page with old and new time; seats and attendance have histories of their own.
TOLD_ELSEWHERE = ("change_meeting", "mark_attendance", "answer_invitation")


@dataclass(frozen=True)
class DeedAbout(Deed):
    """A line with the day, the group or the municipality it was about."""

    about: str


def history_of_cohort(cohort: Cohort, before: str) -> tuple[list[DeedAbout], str]:
    """Settings, lists, e-mails, reserved seats, groups and days: who did what, and where the next page begins."""
    about = AuditEntry.objects.exclude(verb__in=TOLD_ELSEWHERE).about(*_things_of(cohort))
    entries, older = page_before(about, before)
    people = {entry.actor_id for entry in entries}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    titles = _titles(entries)
    return [DeedAbout(**vars(deed(entry, names)), about=titles.get(_key(entry), "")) for entry in entries], older


def _things_of(cohort):
    yield "meetings.cohort", [cohort.pk]
    for model, place in (
        (ImportDraft, "cohort"),
        (SeatReservation, "cohort"),
        (SupervisionGroup, "cohort"),
        (GroupMembership, "group__cohort"),
        (DatePoll, "group__cohort"),
        (Meeting, "cohort"),
    ):
        yield model._meta.label_lower, model.objects.filter(**{place: cohort}).values("pk")


def _key(entry):
    return entry.object_type, entry.object_id


def _titles(entries) -> dict[tuple[str, int], str]:
    """How the things of one page are called: a query for each kind that is on it."""
    titles: dict[tuple[str, int], str] = {}
    for model, name in (
        (SeatReservation, "municipality__name"),
        (SupervisionGroup, "name"),
        (GroupMembership, "group__name"),
        (DatePoll, "title"),
        (Meeting, "title"),
    ):
        kind = model._meta.label_lower
        if ids := {entry.object_id for entry in entries if entry.object_type == kind}:
            found = model.objects.filter(pk__in=ids).values_list("pk", name)
            titles |= {(kind, pk): title for pk, title in found}
    return titles
