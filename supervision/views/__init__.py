from supervision.views.cases import case, delete_case, edit_case, new_case, openings, take_back_case
from supervision.views.dates import choose_date
from supervision.views.learnings import add_next_step, approve_learning, note_learning, tell_next_step
from supervision.views.pages import day, group, home
from supervision.views.plan import plan_days

__all__ = [
    "add_next_step",
    "approve_learning",
    "case",
    "choose_date",
    "day",
    "delete_case",
    "edit_case",
    "group",
    "home",
    "new_case",
    "note_learning",
    "openings",
    "plan_days",
    "take_back_case",
    "tell_next_step",
]
