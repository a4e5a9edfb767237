"""What can happen to a supervision day and to what is written for it. The audit trail gets ids, never a text."""

from supervision.actions.cases import (
    CaseChanged,
    CaseGone,
    DayOver,
    FocusQuestionMissing,
    bring_case,
    delete_case,
    delete_old_cases,
    note_case_opened,
    take_back_case,
    write_case,
)
from supervision.actions.dates import choose_date
from supervision.actions.days import plan_supervision_days
from supervision.actions.learnings import add_next_step, approve_learning, note_learning, tell_next_step

__all__ = [
    "CaseChanged",
    "CaseGone",
    "DayOver",
    "FocusQuestionMissing",
    "add_next_step",
    "approve_learning",
    "bring_case",
    "choose_date",
    "delete_case",
    "delete_old_cases",
    "note_case_opened",
    "note_learning",
    "plan_supervision_days",
    "take_back_case",
    "tell_next_step",
    "write_case",
]
