from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from lms.meetings.models import Meeting
from supervision.models import Case, Learning, NextStep, SupervisionDay
from tests.factories.meetings import MeetingFactory, SupervisionGroupFactory, member_of
from tests.factories.people import UserFactory

WRITTEN_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
TEXTS = {
    "title": "Hun siger ja til alt",
    "setting": "Borger i 30'erne",
    "situation": "Vi har haft fem aftaler.",
    "tried": "Gåture",
    "effect_on_me": "Jeg bliver vred.",
    "focus_question": "Hvordan gør jeg det lettere at sige nej?",
}


class SupervisionMeetingFactory(MeetingFactory):
    kind = Meeting.Kind.SUPERVISION
    title = "Når det går i stå"


class SupervisionDayFactory(DjangoModelFactory):
    class Meta:
        model = SupervisionDay
        exclude = ["starts_at"]

    starts_at = datetime(2026, 12, 18, 8, tzinfo=UTC)
    group = factory.SubFactory(SupervisionGroupFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Når det går i stå"
    bring = "en samtale, du tænker på i bilen."
    themes = ["udeblivelser", "håb"]
    meeting = factory.SubFactory(
        SupervisionMeetingFactory,
        group=factory.SelfAttribute("..group"),
        cohort=factory.SelfAttribute("..group.cohort"),
        starts_at=factory.SelfAttribute("..starts_at"),
    )


class CaseFactory(DjangoModelFactory):
    class Meta:
        model = Case

    day = factory.SubFactory(SupervisionDayFactory)
    author = factory.LazyAttribute(lambda case: member_of(case.day.group))
    created_at = WRITTEN_AT
    changed_at = WRITTEN_AT
    title = TEXTS["title"]
    setting = TEXTS["setting"]
    situation = TEXTS["situation"]
    tried = TEXTS["tried"]
    effect_on_me = TEXTS["effect_on_me"]
    focus_question = TEXTS["focus_question"]

    class Params:
        brought = factory.Trait(state=Case.State.BROUGHT, brought_at=WRITTEN_AT)


class LearningFactory(DjangoModelFactory):
    class Meta:
        model = Learning

    day = factory.SubFactory(SupervisionDayFactory)
    focus_person = factory.SubFactory(UserFactory)
    noted_by = factory.SelfAttribute("focus_person")
    text = factory.Sequence("Et ja kan være høflighed {}".format)
    created_at = WRITTEN_AT


class NextStepFactory(DjangoModelFactory):
    class Meta:
        model = NextStep

    day = factory.SubFactory(SupervisionDayFactory)
    person = factory.SubFactory(UserFactory)
    text = factory.Sequence("Spørge, hvordan et nej ser ud {}".format)
    due_date = date(2026, 12, 1)
    created_at = WRITTEN_AT


def day_from_now(now, days, **fields):
    """A supervision day that begins so many days from ``now``."""
    return SupervisionDayFactory(starts_at=now + timedelta(days=days), **fields)
