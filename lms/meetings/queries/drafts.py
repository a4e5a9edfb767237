"""What is prepared and told to nobody yet: what it changes, and who will hear of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from lms.meetings.methods.differences import differences
from lms.meetings.models import Cohort, Invitee, Meeting, MeetingDraft, MeetingRevision
from lms.people.models import Membership, User


@dataclass(frozen=True)
class Prepared:
    """A day with what it is to become, and with what it was when that was written."""

    draft: MeetingDraft
    after: Meeting
    new: dict[str, tuple]
    told: list[User]
    written_on: MeetingRevision

    @property
    def meeting(self) -> Meeting:
        return self.draft.meeting

    @property
    def is_stale(self) -> bool:
        """The day has been changed at once since: somebody has to look at both."""
        return self.draft.based_on != self.meeting.revision

    @property
    def meanwhile(self) -> dict[str, tuple]:
        return differences(self.written_on, self.meeting)


def draft_of(meeting: Meeting, user) -> MeetingDraft | None:
    draft = MeetingDraft.objects.visible_to(user).filter(meeting=meeting).select_related("changed_by").first()
    if draft:
        draft.meeting = meeting
    return draft


def prepared_for_cohort(cohort: Cohort, user, now: datetime) -> list[Prepared]:
    """By date, in three queries however many days there are."""
    drafts = MeetingDraft.objects.visible_to(user).filter(meeting__cohort=cohort)
    rows = list(drafts.select_related("meeting", "changed_by"))
    revisions = MeetingRevision.objects.filter(meeting__in=[row.meeting_id for row in rows])
    earlier = {(revision.meeting_id, revision.number): revision for revision in revisions}
    told = _who_hears([row.meeting_id for row in rows], now)
    return [_prepared(row, earlier[row.meeting_id, row.based_on], told[row.meeting_id], now) for row in rows]


def _prepared(draft: MeetingDraft, written_on: MeetingRevision, told: list[User], now: datetime) -> Prepared:
    after = draft.applied()
    return Prepared(
        draft=draft,
        after=after,
        new=differences(draft.meeting, after),
        told=told if after.ends_at > now else [],
        written_on=written_on,
    )


def _who_hears(meetings: list[int], now: datetime) -> dict[int, list[User]]:
    """By meeting, those on its list who can still sign in: the mail asks the same again before it goes."""
    told = defaultdict(list)
    at_work = Membership.objects.exclude(end_date__lt=localdate(now)).values("person")
    asked = Invitee.objects.active().filter(meeting__in=meetings, person__is_active=True, person__in=at_work)
    for invitee in asked.select_related("person").order_by("person__name", "pk"):
        told[invitee.meeting_id].append(invitee.person)
    return told
