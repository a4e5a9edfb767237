"""A group that looks for a date."""

from datetime import timedelta

from lms.meetings import actions
from lms.meetings.models import DatePoll
from lms.people.models import Role
from tests.factories.people import person_with
from tests.meetings.days import NOW

CLOSES = NOW + timedelta(days=5)
HOURS = timedelta(hours=6)


def coordinator_of(group):
    return person_with(Role.PROVIDER_COORDINATOR, group.cohort.course.provider)


def ask(group, *, options=2, closes_at=CLOSES, title="Næste gang", by=None, now=NOW) -> DatePoll:
    starts = [NOW + timedelta(days=10 + number) for number in range(options)]
    slots = [(start, start + HOURS) for start in starts]
    return actions.ask_dates(group=group, title=title, slots=slots, closes_at=closes_at, by=by, now=now)


def answer(poll, person, *answers, now=NOW):
    given = {option.pk: word for option, word in zip(poll.options.all(), answers, strict=True)}
    actions.answer_poll(poll=poll, person=person, answers=given, now=now)
