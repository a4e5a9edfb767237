"""What can happen to cohorts, groups, meetings and attendance: one function per thing a person can do."""

from lms.meetings.actions.attendance import MarkedMeanwhile, NotOnTheList, mark_attendance
from lms.meetings.actions.calendars import rotate_calendar
from lms.meetings.actions.checkin import (
    NotOpen,
    Sent,
    TooManyTries,
    WrongCode,
    check_in,
    confirm_check_in,
    open_check_ins,
)
from lms.meetings.actions.cohorts import CohortIsCancelled, NameTaken, SeatsAreHeld, cancel_cohort, change_cohort
from lms.meetings.actions.drafts import drop_change, prepare_change, release_changes
from lms.meetings.actions.enrolments import CohortFull, enrol
from lms.meetings.actions.groups import InAnotherGroup, join_group, leave_group
from lms.meetings.actions.imports import (
    DraftGone,
    Report,
    RowRefused,
    check,
    correct_draft,
    drop_draft,
    import_draft,
    import_participants,
    keep_draft,
    rows_of,
)
from lms.meetings.actions.invitations import DayHasChanged, answer_invitation, invite_guest
from lms.meetings.actions.make_ups import DayFull, DayGone, invite_to_make_up, take_off_make_up
from lms.meetings.actions.meetings import (
    ChangedMeanwhile,
    MeetingIsCancelled,
    cancel_meeting,
    change_meeting,
    schedule_meeting,
)
from lms.meetings.actions.offers import (
    OfferGone,
    accept_offer,
    decline_offer,
    expire_offers,
    fill_freed_seats,
    fill_open_cohorts,
)
from lms.meetings.actions.outbox import pause_mails, resume_mails, retry_mails
from lms.meetings.actions.polls import (
    DateIsPast,
    NobodyCanCome,
    NotInTheGroup,
    PollClosed,
    answer_poll,
    ask_dates,
    close_poll,
    nudge,
    nudge_before_closing,
    settle_poll,
)
from lms.meetings.actions.reminders import plan_reminders, word_reminder
from lms.meetings.actions.replies import MailRefused, forget_refused_mails, receive_reply
from lms.meetings.actions.reservations import (
    DeadlineIsPast,
    NoSeatsReserved,
    give_back_seats,
    name_seat,
    reserve_seats,
)
from lms.meetings.actions.seats import (
    STANDING,
    NotAnApplication,
    NotOpenForEnrolment,
    apply_for_seat,
    approve_application,
    refuse_application,
)
from lms.meetings.actions.substitutes import NoSeatToHandOver, name_substitute
from lms.meetings.actions.trainers import set_trainers
from lms.meetings.actions.walk_ins import merge_walk_in, note_walk_in
from lms.meetings.actions.withdrawals import withdraw

__all__ = [
    "STANDING",
    "ChangedMeanwhile",
    "CohortFull",
    "CohortIsCancelled",
    "DateIsPast",
    "DayFull",
    "DayGone",
    "DayHasChanged",
    "DeadlineIsPast",
    "DraftGone",
    "InAnotherGroup",
    "MailRefused",
    "MarkedMeanwhile",
    "MeetingIsCancelled",
    "NameTaken",
    "NoSeatToHandOver",
    "NoSeatsReserved",
    "NobodyCanCome",
    "NotAnApplication",
    "NotInTheGroup",
    "NotOnTheList",
    "NotOpen",
    "NotOpenForEnrolment",
    "OfferGone",
    "PollClosed",
    "Report",
    "RowRefused",
    "SeatsAreHeld",
    "Sent",
    "TooManyTries",
    "WrongCode",
    "accept_offer",
    "answer_invitation",
    "answer_poll",
    "apply_for_seat",
    "approve_application",
    "ask_dates",
    "cancel_cohort",
    "cancel_meeting",
    "change_cohort",
    "change_meeting",
    "check",
    "check_in",
    "close_poll",
    "confirm_check_in",
    "correct_draft",
    "decline_offer",
    "drop_change",
    "drop_draft",
    "enrol",
    "expire_offers",
    "fill_freed_seats",
    "fill_open_cohorts",
    "forget_refused_mails",
    "give_back_seats",
    "import_draft",
    "import_participants",
    "invite_guest",
    "invite_to_make_up",
    "join_group",
    "keep_draft",
    "leave_group",
    "mark_attendance",
    "merge_walk_in",
    "name_seat",
    "name_substitute",
    "note_walk_in",
    "nudge",
    "nudge_before_closing",
    "open_check_ins",
    "pause_mails",
    "plan_reminders",
    "prepare_change",
    "receive_reply",
    "refuse_application",
    "release_changes",
    "reserve_seats",
    "resume_mails",
    "retry_mails",
    "rotate_calendar",
    "rows_of",
    "schedule_meeting",
    "set_trainers",
    "settle_poll",
    "take_off_make_up",
    "withdraw",
    "word_reminder",
]
