"""Changes are prepared without anybody hearing of them, and told together: one mail for each person and day."""

from datetime import datetime
from secrets import randbelow

from django.db import transaction

from lms.meetings.actions.meetings import ChangedMeanwhile, MeetingIsCancelled, change_meeting, different
from lms.meetings.models import Cohort, Meeting, MeetingDraft
from lms.people.actions import record

# A draft begins at any number below: one made anew is not mistaken for the one somebody saw before it was dropped.
FIRST_VERSIONS = 2**30


@transaction.atomic
def prepare_change(
    *, meeting, by, now: datetime, seen: int | None, based_on: int | None = None, **changes
) -> MeetingDraft | None:
    """Keep what a meeting is to become. A draft that changes nothing disappears.

    ``seen`` is the version of the draft that was read, ``None`` where there was none, and ``based_on`` the revision
    the person saw while writing; :raises ChangedMeanwhile: when somebody else has saved one of them since.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    draft = MeetingDraft.objects.filter(meeting=meeting).first()
    if seen != (draft.version if draft else None) or based_on not in {None, meeting.revision}:
        raise ChangedMeanwhile
    if meeting.is_cancelled:
        raise MeetingIsCancelled
    if facts := different(meeting, changes):
        return _keep(draft or MeetingDraft(meeting=meeting, version=randbelow(FIRST_VERSIONS)), facts, by, now)
    _drop(meeting, by, now)
    return None


@transaction.atomic
def drop_change(*, meeting, by, now: datetime) -> None:
    """What people were told goes on holding. Asking twice is no error."""
    _drop(Meeting.objects.select_for_update().get(pk=meeting.pk), by, now)


@transaction.atomic
def release_changes(*, cohort, by, now: datetime, seen: dict[int, int]) -> int:
    """Tell of everything that was prepared, and say how many days that were: all of it as it was seen, or nothing.

    ``seen`` holds by meeting the version of the draft that was shown; :raises ChangedMeanwhile: when a draft has come,
    gone or changed since, or when a meeting no longer is what its draft was written on top of.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    list(Meeting.objects.select_for_update().filter(cohort=cohort).order_by("pk"))
    drafts = list(MeetingDraft.objects.filter(meeting__cohort=cohort).select_related("meeting").order_by("meeting"))
    is_as_seen = seen == {draft.meeting_id: draft.version for draft in drafts}
    if not is_as_seen or any(draft.based_on != draft.meeting.revision for draft in drafts):
        raise ChangedMeanwhile
    for draft in drafts:
        change_meeting(meeting=draft.meeting, by=by, now=now, **draft.facts)
    return len(drafts)


def _keep(draft: MeetingDraft, facts: dict, by, now: datetime) -> MeetingDraft:
    draft.facts, draft.based_on, draft.version = facts, draft.meeting.revision, draft.version + 1
    draft.changed_by, draft.changed_at = by, now
    draft.save()
    record(by=by, verb="prepare_change", about=draft.meeting, now=now)
    return draft


def _drop(meeting: Meeting, by, now: datetime) -> None:
    gone, _kinds = MeetingDraft.objects.filter(meeting=meeting).delete()
    if gone:
        record(by=by, verb="drop_change", about=meeting, now=now)
