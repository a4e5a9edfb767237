"""The round: teaching, trial, supervision, practice description, tried by others."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Trial
from lms.forum.models import Discussion, Tried
from lms.meetings.models import Enrolment, GroupMembership, Meeting
from lms.people.templatetags.dates import day

TEACHING, TRIAL, SUPERVISION, PRACTICE, TRIED = range(5)
NAMES = (
    gettext_lazy("Teaching day"),
    gettext_lazy("Trial"),
    gettext_lazy("Supervision"),
    gettext_lazy("Practice description"),
    gettext_lazy("Tried by others"),
)
OUTLINES = (
    gettext_lazy("Days together with colleagues from other municipalities"),
    gettext_lazy("One small thing that you try in your own practice"),
    gettext_lazy("An anonymised case in a fixed group"),
    gettext_lazy("What worked – and what was hard"),
    gettext_lazy("Another municipality tells how it went"),
)


@dataclass(frozen=True)
class Progress:
    """How far a person is: counts and the next dates, read in few queries."""

    days: int = 0
    held_days: int = 0
    next_day: datetime | None = None
    supervisions: int = 0
    held_supervisions: int = 0
    next_supervision: datetime | None = None
    trial: Trial | None = None
    practices: int = 0
    tried_in: int = 0


def loop_outline() -> list[dict]:
    """The round for those who have not begun it."""
    return [{"name": name, "note": note, "state": "next"} for name, note in zip(NAMES, OUTLINES, strict=True)]


def line_at(here: int) -> list[dict]:
    """The round in one line, on a page that belongs to one of its steps."""
    return [{"name": name, "state": "here" if step == here else "next"} for step, name in enumerate(NAMES)]


def loop_for(person, now: datetime) -> list[dict]:
    """The five steps with state and note for this person: what is done, and where the person is now."""
    return steps_of(progress_of(person, now), now)


def steps_of(progress: Progress, now: datetime) -> list[dict]:
    """The five steps of somebody who is so far."""
    here = _here(progress)
    notes = [
        _days_note(progress, now),
        _trial_note(progress),
        _supervision_note(progress, now),
        *_sharing_notes(progress),
    ]
    steps = enumerate(zip(NAMES, notes, _done(progress), strict=True))
    return [
        {"name": name, "note": note, "state": "here" if step == here else "done" if done else "next"}
        for step, (name, note, done) in steps
    ]


def progress_of(person, now: datetime) -> Progress:
    meetings = _meeting_counts(person, now)
    tried = Tried.objects.filter(discussion__author=person, discussion__is_hidden=False).exclude(person=person)
    practices = Discussion.objects.filter(author=person, kind=Discussion.Kind.PRACTICE, is_draft=False, is_hidden=False)
    return Progress(
        **meetings,
        trial=Trial.objects.filter(person=person).order_by("-due_date", "-pk").first(),
        practices=practices.count(),
        tried_in=tried.aggregate(places=Count("organisation", distinct=True))["places"],
    )


def _meeting_counts(person, now):
    """Own cohorts' teaching days and own group's supervision days, counted in one round trip."""
    seats = Enrolment.objects.enrolled().filter(person=person).values("cohort")
    places = GroupMembership.objects.current(localtime(now).date()).filter(enrolment__person=person).values("group")
    mine = Q(group=None, cohort__in=seats) | Q(group__in=places)
    return counts_of(Meeting.objects.scheduled().filter(mine).values_list("kind", "starts_at", "ends_at"), now)


def counts_of(own_meetings, now: datetime) -> dict:
    """Days held and days ahead, out of (kind, start, end) of a person's own meetings."""
    meetings = list(own_meetings)
    teaching = sorted((starts, ends) for kind, starts, ends in meetings if kind == Meeting.Kind.TEACHING)
    supervision = sorted((starts, ends) for kind, starts, ends in meetings if kind == Meeting.Kind.SUPERVISION)
    return {
        "days": len(teaching),
        "held_days": sum(ends <= now for _starts, ends in teaching),
        "next_day": next((starts for starts, ends in teaching if ends > now), None),
        "supervisions": len(supervision),
        "held_supervisions": sum(ends <= now for _starts, ends in supervision),
        "next_supervision": next((starts for starts, ends in supervision if ends > now), None),
    }


def _done(progress):
    return (
        bool(progress.days) and progress.held_days == progress.days,
        bool(progress.trial and progress.trial.what_happened),
        bool(progress.supervisions) and progress.held_supervisions == progress.supervisions,
        progress.practices > 0,
        progress.tried_in > 0,
    )


def _here(progress):
    """A trial under way comes first; then the first step that is not done."""
    if progress.trial and not progress.trial.what_happened:
        return TRIAL
    done = _done(progress)
    if done[TEACHING] and not done[SUPERVISION]:
        return SUPERVISION
    return next((step for step in (TEACHING, SUPERVISION, PRACTICE, TRIED) if not done[step]), None)


def _days_note(progress, now):
    if not progress.days:
        return _("The dates come with your cohort")
    if progress.held_days == progress.days:
        return _("All %(count)d days held") % {"count": progress.days}
    parts = {"number": progress.held_days + 1, "count": progress.days, "date": day(progress.next_day, now)}
    return _("Day %(number)d of %(count)d, %(date)s") % parts


def _trial_note(progress):
    return f"»{progress.trial.intention}«" if progress.trial else _("You choose it on a teaching day")


def _supervision_note(progress, now):
    if not progress.next_supervision:
        return _("When the teaching days are over") if not progress.supervisions else _("All held")
    if not progress.held_supervisions:
        return _("First time %(date)s") % {"date": day(progress.next_supervision, now)}
    return _("Next time %(date)s") % {"date": day(progress.next_supervision, now)}


def _sharing_notes(progress):
    yield _("You have shared one") if progress.practices else _("When you and the group approve it")
    yield _("Somebody has tried it") if progress.tried_in else _("When another municipality has tried it")
