"""What can happen to a course's pages and days, and what a kursist writes between them."""

from courses.actions.cohorts import NameTaken, create_cohort
from courses.actions.days import plan_teaching_days
from courses.actions.makeup import (
    AskedAlready,
    NotMissed,
    NotOpen,
    agree_make_up,
    ask_make_up,
    offer_freed_days,
    refuse_make_up,
    withdraw_make_up,
)
from courses.actions.own_work import (
    note_reflections_opened,
    tell_trial,
    tick_preparation,
    write_reflection,
    write_trial,
)
from courses.actions.publishing import set_up_provider, sync_groups

__all__ = [
    "AskedAlready",
    "NameTaken",
    "NotMissed",
    "NotOpen",
    "agree_make_up",
    "ask_make_up",
    "create_cohort",
    "note_reflections_opened",
    "offer_freed_days",
    "plan_teaching_days",
    "refuse_make_up",
    "set_up_provider",
    "sync_groups",
    "tell_trial",
    "tick_preparation",
    "withdraw_make_up",
    "write_reflection",
    "write_trial",
]
