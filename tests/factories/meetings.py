from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from lms.meetings.models import (
    Attendance,
    Cohort,
    Enrolment,
    GroupMembership,
    Invitee,
    Meeting,
    SeatReservation,
    SupervisionGroup,
)
from lms.people.models import Role
from tests.factories.people import LONG_AGO, MunicipalityFactory, UserFactory, person_with
from tests.factories.programme import CourseFactory

ENROLLED_AT = datetime(2026, 8, 1, 9, tzinfo=UTC)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    course = factory.SubFactory(CourseFactory)
    name = factory.Sequence("Hold {}".format)
    slug = factory.Sequence("hold-{}".format)


class SeatReservationFactory(DjangoModelFactory):
    class Meta:
        model = SeatReservation

    cohort = factory.SubFactory(CohortFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    seats = 2
    name_by_date = datetime(2026, 12, 1, tzinfo=UTC).date()


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    state = Enrolment.State.ENROLLED
    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    created_at = ENROLLED_AT
    waiting_since = factory.LazyAttribute(lambda made: ENROLLED_AT if made.state == "waiting" else None)
    changed_at = ENROLLED_AT


class SupervisionGroupFactory(DjangoModelFactory):
    class Meta:
        model = SupervisionGroup

    cohort = factory.SubFactory(CohortFactory)
    name = factory.Sequence("Gruppe {}".format)
    supervisor = factory.LazyAttribute(lambda group: person_with(Role.SUPERVISOR, group.cohort.course.provider))


class GroupMembershipFactory(DjangoModelFactory):
    class Meta:
        model = GroupMembership

    group = factory.SubFactory(SupervisionGroupFactory)
    enrolment = factory.SubFactory(EnrolmentFactory, cohort=factory.SelfAttribute("..group.cohort"))
    start_date = LONG_AGO


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    cohort = factory.SubFactory(CohortFactory)
    kind = Meeting.Kind.TEACHING
    title = factory.Sequence("Dag {}".format)
    starts_at = datetime(2026, 11, 27, 8, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=6, minutes=30))
    place = "Vejle"


class InviteeFactory(DjangoModelFactory):
    class Meta:
        model = Invitee

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(UserFactory)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    enrolment = factory.SubFactory(EnrolmentFactory, cohort=factory.SelfAttribute("..meeting.cohort"))
    half = Attendance.Half.MORNING
    state = Attendance.State.PRESENT
    marked_at = ENROLLED_AT


def kursist_in(cohort, municipality=None, **fields):
    """A job consultant with a seat in ``cohort``."""
    municipality = municipality or MunicipalityFactory()
    person = person_with(Role.JOB_CONSULTANT, municipality, **fields)
    EnrolmentFactory(cohort=cohort, person=person, municipality=municipality)
    return person


def member_of(group, municipality=None, **fields):
    """A job consultant with a place in ``group``."""
    person = kursist_in(group.cohort, municipality, **fields)
    GroupMembershipFactory(group=group, enrolment=person.enrolments.get())
    return person
