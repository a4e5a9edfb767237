"""Cohorts, seats, groups, meetings, attendance: who meets whom, when and where."""

from lms.meetings.models.attendance import Attendance
from lms.meetings.models.cohort import Cohort, Enrolment, SeatReservation
from lms.meetings.models.group import GroupMembership, SupervisionGroup
from lms.meetings.models.imports import ImportDraft
from lms.meetings.models.meeting import AgendaItem, Invitee, Meeting, MeetingRevision
from lms.meetings.models.poll import DatePoll, DatePollAnswer, DatePollOption

__all__ = [
    "AgendaItem",
    "Attendance",
    "Cohort",
    "DatePoll",
    "DatePollAnswer",
    "DatePollOption",
    "Enrolment",
    "GroupMembership",
    "ImportDraft",
    "Invitee",
    "Meeting",
    "MeetingRevision",
    "SeatReservation",
    "SupervisionGroup",
]
