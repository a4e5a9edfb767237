"""What can happen to a course's pages and days, and what a kursist writes between them."""

from courses.actions.days import plan_teaching_days
from courses.actions.own_work import tell_trial, tick_preparation, write_reflection, write_trial
from courses.actions.publishing import set_up_provider, sync_groups

__all__ = [
    "plan_teaching_days",
    "set_up_provider",
    "sync_groups",
    "tell_trial",
    "tick_preparation",
    "write_reflection",
    "write_trial",
]
