"""What pages need to read of cohorts, days and attendance."""

from lms.meetings.queries.attendance import (
    attendance_sheet_for,
    corrections_for,
    marks_missing,
    others_of_cohort,
    walk_ins_for,
)
from lms.meetings.queries.checkin import check_in_for, check_in_place, check_ins_for
from lms.meetings.queries.clashes import Clash, Period, clashes_for, overlaps, seen_as
from lms.meetings.queries.cohorts import (
    changes_for_cohort,
    cohorts_for_staff,
    groups_for,
    people_for_cohort,
    seats_without_names,
)
from lms.meetings.queries.concerned import concerned_by
from lms.meetings.queries.credits import credits_for, own_attendance
from lms.meetings.queries.days import days_for_cohort, people_for_meeting
from lms.meetings.queries.drafts import Prepared, draft_of, prepared_for_cohort
from lms.meetings.queries.feeds import days_in, feed_of, feed_token
from lms.meetings.queries.history import history_of_cohort
from lms.meetings.queries.polls import polls_for_group, tally_for
from lms.meetings.queries.room import seats_left_on, seats_left_on_each
from lms.meetings.queries.seats import seats_held
from lms.meetings.queries.trainers import supervisors_of, trainers_of

__all__ = [
    "Clash",
    "Period",
    "Prepared",
    "attendance_sheet_for",
    "changes_for_cohort",
    "check_in_for",
    "check_in_place",
    "check_ins_for",
    "clashes_for",
    "cohorts_for_staff",
    "concerned_by",
    "corrections_for",
    "credits_for",
    "days_for_cohort",
    "days_in",
    "draft_of",
    "feed_of",
    "feed_token",
    "groups_for",
    "history_of_cohort",
    "marks_missing",
    "others_of_cohort",
    "overlaps",
    "own_attendance",
    "people_for_cohort",
    "people_for_meeting",
    "polls_for_group",
    "prepared_for_cohort",
    "seats_held",
    "seats_left_on",
    "seats_left_on_each",
    "seats_without_names",
    "seen_as",
    "supervisors_of",
    "tally_for",
    "trainers_of",
    "walk_ins_for",
]
