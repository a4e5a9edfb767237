"""Cohorts, seats, groups, meetings, attendance: who meets whom, when and where."""

from lms.meetings.models.attendance import Attendance
from lms.meetings.models.checkin import AttendanceChange, CheckIn, CheckInTry, WalkIn
from lms.meetings.models.cohort import Cohort, Enrolment, SeatReservation
from lms.meetings.models.draft import MeetingDraft
from lms.meetings.models.group import GroupMembership, SupervisionGroup
from lms.meetings.models.imports import ImportDraft
from lms.meetings.models.mail import RefusedMail
from lms.meetings.models.meeting import AgendaItem, Invitee, Meeting, MeetingRevision
from lms.meetings.models.poll import DatePoll, DatePollAnswer, DatePollOption
from lms.meetings.models.reminder import Reminder
from lms.meetings.models.seats import EnrolmentChange, SeatOffer

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceChange",
    "CheckIn",
    "CheckInTry",
    "Cohort",
    "DatePoll",
    "DatePollAnswer",
    "DatePollOption",
    "Enrolment",
    "EnrolmentChange",
    "GroupMembership",
    "ImportDraft",
    "Invitee",
    "Meeting",
    "MeetingDraft",
    "MeetingRevision",
    "RefusedMail",
    "Reminder",
    "SeatOffer",
    "SeatReservation",
    "SupervisionGroup",
    "WalkIn",
]
