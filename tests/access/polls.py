"""Polls about dates, and days to make up for."""

from datetime import timedelta

from courses.models import MakeUp
from lms.meetings.actions import ask_dates
from lms.meetings.models import Invitee, Meeting
from lms.people.models import Role
from tests.factories.courses import TeachingDayFactory
from tests.factories.meetings import CohortFactory, InviteeFactory, MeetingFactory


def make_polls(world, groups) -> dict:
    return {"poll": {relation: {"pk": _poll(world, group).pk} for relation, group in groups.items()}}


def _poll(world, group):
    starts = [world.now + timedelta(days=20 + number) for number in range(2)]
    slots = [(start, start + timedelta(hours=6)) for start in starts]
    closes_at = world.now + timedelta(days=5)
    return ask_dates(group=group, title="Næste gang", slots=slots, closes_at=closes_at, by=None, now=world.now)


def make_make_ups(world, own, other, member) -> dict:
    """The job consultant's request, and one between cohorts of the other provider."""
    person = world.people[Role.JOB_CONSULTANT]
    requests = {"own": _request(world, person, own), "other": _request(world, member, other)}
    return {
        "missed": {relation: {"pk": row.missed_id} for relation, row in requests.items()},
        "make_up": {relation: {"pk": row.pk} for relation, row in requests.items()},
    }


def _request(world, person, cohort) -> MakeUp:
    page = cohort.teaching_days.first().page
    missed = _day(world, cohort, page, 6)
    InviteeFactory(meeting=missed, person=person, answer=Invitee.Answer.DECLINED)
    instead = _day(world, CohortFactory(course=cohort.course), page, 9)
    enrolment = person.enrolments.get(cohort=cohort)
    return MakeUp.objects.create(enrolment=enrolment, missed=missed, instead=instead, asked_at=world.now)


def _day(world, cohort, page, days) -> Meeting:
    meeting = MeetingFactory(cohort=cohort, title="Dag 9", starts_at=world.now + timedelta(days=days))
    return TeachingDayFactory(cohort=cohort, page=page, number=9, meeting=meeting).meeting
