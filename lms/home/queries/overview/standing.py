"""Where a job consultant stands: own days, trials and sharing, in three queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from courses.models import TeachingDay, Trial
from courses.queries import Progress, counts_of
from lms.forum.models import Discussion, Tried
from lms.meetings.models import Enrolment, GroupMembership, Invitee, Meeting
from lms.people.models import User
from supervision.models import Case, NextStep


@dataclass(frozen=True)
class Standing:
    meetings: list[Meeting]
    trials: list[Trial]
    facts: dict
    now: datetime

    @property
    def ahead(self) -> list[Meeting]:
        """What the person is invited to and has not been to yet, the next one first."""
        return [meeting for meeting in self.meetings if meeting.own_role and meeting.ends_at > self.now]

    @property
    def open_trial(self) -> Trial | None:
        """A trial nobody has heard the end of; one of a course that is over for the person no longer asks."""
        return next((trial for trial in self.trials if not trial.what_happened and trial.is_of_own_day), None)

    @property
    def progress(self) -> Progress:
        own = [meeting for meeting in self.meetings if meeting.own_role in {None, Invitee.Role.KURSIST}]
        counts = counts_of([(meeting.kind, meeting.starts_at, meeting.ends_at) for meeting in own], self.now)
        shared = {"practices": self.facts["practices"], "tried_in": self.facts["tried_in"]}
        return Progress(**counts, **shared, trial=self.trials[-1] if self.trials else None)


def standing_of(person, now: datetime) -> Standing:
    return Standing(_meetings(person), _trials(person), _facts(person), now)


def _meetings(person) -> list[Meeting]:
    """Own cohorts' and own groups' meetings and those the person comes to otherwise, with the day behind each."""
    seats = Enrolment.objects.enrolled().filter(person=person).values("cohort")
    places = GroupMembership.objects.current().filter(enrolment__person=person).values("group")
    invitation = FilteredRelation("invitees", condition=Q(invitees__person=person, invitees__is_removed=False))
    meetings = Meeting.objects.visible_to(person).scheduled()
    return list(
        meetings.annotate(
            own=invitation,
            own_role=F("own__role"),
            own_answer=F("own__answer"),
            has_case=Exists(Case.objects.own(person).filter(day__meeting=OuterRef("pk"))),
        )
        .filter(Q(own__isnull=False) | Q(group=None, cohort__in=seats) | Q(group__in=places))
        .select_related("teaching_day", "supervision_day", "cohort")
        .order_by("starts_at", "pk")
    )


def _trials(person) -> list[Trial]:
    """All of them, the one to finish first at the front."""
    own_days = TeachingDay.objects.visible_to(person).filter(pk=OuterRef("teaching_day"))
    trials = Trial.objects.filter(person=person).annotate(is_of_own_day=Exists(own_days))
    return list(trials.select_related("teaching_day__cohort").order_by("due_date", "pk"))


def _facts(person) -> dict:
    """Cohort, next step and what others have made of what the person shared: single values, so one query."""
    cohort = Enrolment.objects.enrolled().filter(person=person).order_by("-pk").values("cohort__name")
    steps = NextStep.objects.visible_to(person).own(person).planned()
    return (
        User.objects.filter(pk=person.pk)
        .values(
            cohort=Subquery(cohort[:1]),
            step=Subquery(steps.values("pk")[:1]),
            step_text=Subquery(steps.values("text")[:1]),
            practices=_count(_shared_practices(person), "author", "pk"),
            tried_in=_count(_tried_by_others(person), "discussion__author", "organisation"),
        )
        .get()
    )


def _shared_practices(person):
    return Discussion.objects.shared().practice_descriptions().filter(author=person)


def _tried_by_others(person):
    return Tried.objects.filter(discussion__author=person, discussion__is_hidden=False).exclude(person=person)


def _count(rows, group: str, what: str):
    counted = rows.order_by().values(group).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
