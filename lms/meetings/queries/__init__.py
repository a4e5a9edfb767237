"""What pages need to read of cohorts, days and attendance."""

from lms.meetings.queries.attendance import attendance_sheet_for, marks_missing
from lms.meetings.queries.cohorts import (
    changes_for_cohort,
    cohorts_for_staff,
    groups_for,
    people_for_cohort,
    seats_without_names,
)
from lms.meetings.queries.days import days_for_cohort, people_for_meeting
from lms.meetings.queries.feeds import feed_for, feed_token, person_with_feed

__all__ = [
    "attendance_sheet_for",
    "changes_for_cohort",
    "cohorts_for_staff",
    "days_for_cohort",
    "feed_for",
    "feed_token",
    "groups_for",
    "marks_missing",
    "people_for_cohort",
    "people_for_meeting",
    "person_with_feed",
    "seats_without_names",
]
