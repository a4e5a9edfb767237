"""What a kursist writes between the days. A draft is theirs alone; handed in, the instructors read it."""

from datetime import date, datetime

from django.db import transaction

from courses.models import Preparation, Reflection, TeachingDay, Trial
from lms.people.actions import note_openings, record
from lms.people.models import Opening


@transaction.atomic
def write_reflection(*, teaching_day: TeachingDay, text: str, share: bool, by, now: datetime) -> Reflection:
    """Keep the reflection on a day, and hand it in with ``share``. What is handed in stays handed in."""
    reflection = _own(Reflection, teaching_day, by, now)
    reflection.text = text
    return _keep(reflection, share, "write_reflection", by, now)


@transaction.atomic
def write_trial(*, teaching_day: TeachingDay, intention: str, due_date: date, share: bool, by, now: datetime) -> Trial:
    """Keep what the kursist will try until when; with ``share`` the instructors see it."""
    trial = _own(Trial, teaching_day, by, now)
    trial.intention, trial.due_date = intention, due_date
    return _keep(trial, share, "write_trial", by, now)


@transaction.atomic
def tell_trial(*, trial: Trial, what_happened: str, share: bool, by, now: datetime) -> Trial:
    """Tell how the trial went."""
    trial = Trial.objects.select_for_update().get(pk=trial.pk)
    trial.what_happened = what_happened
    return _keep(trial, share, "tell_trial", by, now)


@transaction.atomic
def tick_preparation(*, teaching_day: TeachingDay, done: list[str], by, now: datetime) -> Preparation:
    """Remember which of the day's preparation is done."""
    preparation, _created = Preparation.objects.update_or_create(
        teaching_day=teaching_day, person=by, defaults={"done": done}
    )
    record(by=by, verb="tick_preparation", about=preparation, now=now)
    return preparation


def note_reflections_opened(*, reflections: list[Reflection], by, now: datetime) -> None:
    """Leave a row for each writer when a trainer has what they handed in on the screen."""
    things = [(reflection, reflection.person_id) for reflection in reflections]
    note_openings(by=by, things=things, role=Opening.Role.TRAINER, now=now)


def _own(model, teaching_day, person, now):
    row = model.objects.select_for_update().filter(teaching_day=teaching_day, person=person).first()
    return row or model(teaching_day=teaching_day, person=person, changed_at=now)


def _keep(row, share, verb, by, now):
    row.changed_at = now
    if share and row.shared_at is None:
        row.shared_at = now
    row.save()
    record(by=by, verb=verb, about=row, now=now)
    return row
