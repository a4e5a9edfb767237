"""What can happen to cohorts, groups, meetings and attendance: one function per thing a person can do."""

from lms.meetings.actions.attendance import NotOnTheList, mark_attendance
from lms.meetings.actions.calendars import rotate_calendar
from lms.meetings.actions.enrolments import CohortFull, enrol, withdraw
from lms.meetings.actions.groups import InAnotherGroup, join_group, leave_group
from lms.meetings.actions.imports import (
    DraftGone,
    Report,
    check,
    correct_draft,
    drop_draft,
    import_draft,
    import_participants,
    keep_draft,
    rows_of,
)
from lms.meetings.actions.invitations import answer_invitation, invite_guest
from lms.meetings.actions.meetings import (
    ChangedMeanwhile,
    MeetingIsCancelled,
    cancel_meeting,
    change_meeting,
    schedule_meeting,
)

__all__ = [
    "ChangedMeanwhile",
    "CohortFull",
    "DraftGone",
    "InAnotherGroup",
    "MeetingIsCancelled",
    "NotOnTheList",
    "Report",
    "answer_invitation",
    "cancel_meeting",
    "change_meeting",
    "check",
    "correct_draft",
    "drop_draft",
    "enrol",
    "import_draft",
    "import_participants",
    "invite_guest",
    "join_group",
    "keep_draft",
    "leave_group",
    "mark_attendance",
    "rotate_calendar",
    "rows_of",
    "schedule_meeting",
    "withdraw",
]
