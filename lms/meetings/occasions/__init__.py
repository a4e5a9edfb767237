"""What there is to tell people about meetings: each module registers its own occasions."""

from lms.meetings.occasions import cohorts, days, polls, reminders

__all__ = ["cohorts", "days", "polls", "reminders"]
