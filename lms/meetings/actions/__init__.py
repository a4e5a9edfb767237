"""What can happen to cohorts, groups, meetings and attendance: one function per thing a person can do."""

from lms.meetings.actions.attendance import NotOnTheList, mark_attendance
from lms.meetings.actions.calendars import rotate_calendar
from lms.meetings.actions.enrolments import CohortFull, enrol, withdraw
from lms.meetings.actions.groups import InAnotherGroup, join_group, leave_group
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
    "InAnotherGroup",
    "MeetingIsCancelled",
    "NotOnTheList",
    "answer_invitation",
    "cancel_meeting",
    "change_meeting",
    "enrol",
    "invite_guest",
    "join_group",
    "leave_group",
    "mark_attendance",
    "rotate_calendar",
    "schedule_meeting",
    "withdraw",
]
