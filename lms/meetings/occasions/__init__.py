"""What there is to tell people about meetings: each module registers its own occasions."""

from lms.meetings.occasions import days, polls, reminders, seats

__all__ = ["days", "polls", "reminders", "seats"]
