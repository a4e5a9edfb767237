"""Two cohorts of one course with the same teaching day, and somebody who cannot come to the own one."""

from datetime import timedelta
from types import SimpleNamespace

from courses import actions
from lms.meetings.models import Invitee
from lms.people.models import Role
from tests.factories.courses import TeachingDayFactory, course_page, full_day_page
from tests.factories.meetings import CohortFactory, InviteeFactory, MeetingFactory, kursist_in
from tests.factories.people import MunicipalityFactory, person_with


def day_of(cohort, page, starts_at, number=1):
    meeting = MeetingFactory(cohort=cohort, title=f"Dag {number} {cohort.name}", starts_at=starts_at)
    return TeachingDayFactory(cohort=cohort, page=page, meeting=meeting, number=number)


def make_story(now, *, capacity=30, declined=True):
    home = CohortFactory(name="Vest")
    page = full_day_page(course_page(home.course))
    host = CohortFactory(name="Øst", course=home.course, capacity=capacity)
    kursist = kursist_in(home, MunicipalityFactory(name="Viborg"), name="Mette Lindholm")
    missed = day_of(home, page, now + timedelta(days=3)).meeting
    instead = day_of(host, page, now + timedelta(days=10)).meeting
    answer = Invitee.Answer.DECLINED if declined else Invitee.Answer.NONE
    InviteeFactory(meeting=missed, person=kursist, answer=answer)
    coordinator = person_with(Role.PROVIDER_COORDINATOR, home.course.provider, name="Line Falk")
    return SimpleNamespace(
        home=home, host=host, page=page, kursist=kursist, missed=missed, instead=instead, coordinator=coordinator
    )


def fill(story, count=None):
    """Everybody else who comes to the other day."""
    return [InviteeFactory(meeting=story.instead) for _seat in range(count or story.host.capacity)]


def ask(story, now, by=None):
    return actions.ask_make_up(missed=story.missed, instead=story.instead, by=by or story.kursist, now=now)
