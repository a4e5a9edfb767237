from datetime import date, datetime

from django.db import transaction

from lms.people.actions import record
from supervision.models import Learning, NextStep, SupervisionDay


@transaction.atomic
def note_learning(*, day: SupervisionDay, focus_person, text: str, by, now: datetime) -> Learning:
    """Note what the day taught, without the case. The focus person's own words need nobody else's approval."""
    learning, is_new = Learning.objects.get_or_create(
        day=day, focus_person=focus_person, text=text, defaults={"noted_by": by, "created_at": now}
    )
    if is_new:
        record(by=by, verb="note_learning", about=learning, now=now)
    if by == focus_person:
        approve_learning(learning=learning, by=by, now=now)
    return learning


@transaction.atomic
def approve_learning(*, learning: Learning, by, now: datetime) -> Learning:
    """Let the group keep a learning. Only the focus person says yes to it."""
    if not learning.is_approved:
        learning.approved_at = now
        learning.save(update_fields=["approved_at"])
        record(by=by, verb="approve_learning", about=learning, now=now)
    return learning


@transaction.atomic
def add_next_step(*, day: SupervisionDay, text: str, by, now: datetime, due_date: date | None = None) -> NextStep:
    """What ``by`` will try before next time."""
    step, is_new = NextStep.objects.get_or_create(
        day=day, person=by, text=text, defaults={"due_date": due_date, "created_at": now}
    )
    if is_new:
        record(by=by, verb="add_next_step", about=step, now=now)
    return step


@transaction.atomic
def tell_next_step(*, step: NextStep, status: str, follow_up: str, by, now: datetime) -> NextStep:
    """What came of it: tried or let go, and one line."""
    step.status = status
    step.follow_up = follow_up
    step.save(update_fields=["status", "follow_up"])
    record(by=by, verb="tell_next_step", about=step, now=now)
    return step
