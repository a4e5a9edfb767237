"""A November morning, and meetings around it."""

from datetime import UTC, datetime, timedelta

from lms.meetings import actions
from lms.meetings.models import Meeting
from lms.notifications.models import Notice

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOURS = timedelta(hours=6)


def schedule(cohort, *, days=3, group=None, title="Dag 4: Arbejdsgiveren", now=NOW, **facts):
    """A meeting ``days`` from now, as a coordinator sets it."""
    starts_at = facts.pop("starts_at", NOW + timedelta(days=days))
    return actions.schedule_meeting(
        cohort=cohort,
        kind=Meeting.Kind.SUPERVISION if group else Meeting.Kind.TEACHING,
        title=title,
        starts_at=starts_at,
        ends_at=facts.pop("ends_at", starts_at + HOURS),
        by=facts.pop("by", None),
        now=now,
        group=group,
        **{"place": "Vejle", **facts},
    )


def invited_to(person) -> list[Meeting]:
    return list(Meeting.objects.filter(invitees__person=person, invitees__is_removed=False))


def notices(person) -> list[tuple[str, int, int]]:
    return list(Notice.objects.filter(recipient=person).values_list("occasion", "object_id", "revision"))
