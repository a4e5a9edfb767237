"""Who may do what with what a group writes. Seeing it is asked of the rows: ``visible_to``."""

from supervision.models import Case, Learning, NextStep, SupervisionDay


def can_change_case(user, case: Case) -> bool:
    """The author alone, draft or brought: nobody else edits, takes back or deletes a case."""
    return case.author_id == user.pk


def can_approve_learning(user, learning: Learning) -> bool:
    return learning.focus_person_id == user.pk and not learning.is_approved


def can_tell_next_step(user, step: NextStep) -> bool:
    return step.person_id == user.pk


def can_write_for(user, day: SupervisionDay) -> bool:
    """Cases and next steps are written by the group's present members; the supervisor reads them."""
    return SupervisionDay.objects.of_member(user).filter(pk=day.pk).exists()
