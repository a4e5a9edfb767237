"""A local manager's overview: own people's dates and attendance, and nothing of what is said in supervision."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.home.queries import overview_for
from lms.meetings.models import Attendance, Enrolment
from lms.people.models import Role
from tests.factories.forum import consultant_in, shared_by
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    InviteeFactory,
    MeetingFactory,
    SeatReservationFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import MunicipalityFactory, person_with
from tests.factories.supervision import CaseFactory, LearningFactory, NextStepFactory, day_from_now

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def viborg():
    return MunicipalityFactory(name="Viborg")


@pytest.fixture
def dorthe(viborg):
    return person_with(Role.LOCAL_MANAGER, viborg, name="Dorthe Grønbæk")


@pytest.fixture
def cohort():
    return CohortFactory(name="Vest")


def people(shown):
    return [enrolment.person.name for enrolment in shown["enrolments"]]


def test_own_people_and_nobody_elses(dorthe, viborg, cohort, now):
    kursist_in(cohort, viborg, name="Rasmus Toft")
    kursist_in(CohortFactory(), viborg, name="Mette Lindholm")
    kursist_in(cohort, name="Emil fra Aarhus")
    kursist_in(cohort, viborg, name="Trukket sig").enrolments.update(state=Enrolment.State.WITHDRAWN)

    shown = overview_for(dorthe, now)

    assert shown["municipality"] == viborg
    assert people(shown) == ["Mette Lindholm", "Rasmus Toft"]


def test_attendance_counts_half_days_that_were_marked(dorthe, viborg, cohort, now):
    enrolment = kursist_in(cohort, viborg).enrolments.get()
    held = MeetingFactory(cohort=cohort, starts_at=now - 3 * DAY)
    other = MeetingFactory(cohort=cohort, starts_at=now - 2 * DAY)
    halves, states = Attendance.Half, Attendance.State
    AttendanceFactory(meeting=held, enrolment=enrolment, half=halves.MORNING)
    AttendanceFactory(meeting=held, enrolment=enrolment, half=halves.AFTERNOON, state=states.ABSENT)
    AttendanceFactory(meeting=other, enrolment=enrolment, half=halves.MORNING, state=states.PARTIAL)

    (shown,) = overview_for(dorthe, now)["enrolments"]

    assert (shown.present_count, shown.marked_count) == (2, 3)


def test_dates_count_own_people_only(dorthe, viborg, cohort, now):
    meeting = MeetingFactory(cohort=cohort, starts_at=now + DAY)
    for person in (kursist_in(cohort, viborg), kursist_in(cohort, viborg), kursist_in(cohort)):
        InviteeFactory(meeting=meeting, person=person)
    elsewhere = MeetingFactory(starts_at=now + DAY)
    InviteeFactory(meeting=elsewhere, person=consultant_in())
    held = MeetingFactory(cohort=cohort, starts_at=now - DAY)
    InviteeFactory(meeting=held, person=kursist_in(cohort, viborg))

    shown = overview_for(dorthe, now)["dates"]

    assert [(one, one.own_count) for one in shown] == [(meeting, 2)]


def test_what_the_municipality_has_shared(dorthe, viborg, now):
    shared = shared_by(consultant_in(viborg))
    shared_by(consultant_in(viborg), is_draft=True)
    shared_by(consultant_in())

    assert list(overview_for(dorthe, now)["shared"]) == [shared]


def test_reserved_seats_come_first_among_what_there_is_to_do(dorthe, viborg, cohort, now):
    kursist_in(cohort, viborg)
    SeatReservationFactory(cohort=cohort, municipality=viborg)
    SeatReservationFactory(cohort=CohortFactory())

    shown = overview_for(dorthe, now)

    assert shown["task"].url == f"/hold/{cohort.slug}/kursister/"
    assert len(shown["todos"]) == 1


def test_nothing_that_is_said_in_supervision(client, dorthe, viborg, now):
    group = SupervisionGroupFactory(name="Vest 1")
    member = member_of(group, viborg)
    day = day_from_now(now, 3, group=group, title="Når det går i stå")
    InviteeFactory(meeting=day.meeting, person=member)
    CaseFactory(day=day, author=member, brought=True)
    LearningFactory(day=day, focus_person=member, text="En læring")
    NextStepFactory(day=day, person=member, text="Et skridt")
    client.force_login(dorthe)

    page = client.get("/overblik/").content.decode()

    for secret in ("Hun siger ja til alt", "Hvordan gør jeg det lettere", "En læring", "Et skridt", "Vest 1"):
        assert secret not in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_takes_eight_queries_however_many_people_there_are(client, query_count, dorthe, viborg, count):
    now = timezone.now()
    for _ in range(count):
        cohort = CohortFactory()
        person = kursist_in(cohort, viborg)
        meeting = MeetingFactory(cohort=cohort, starts_at=now + DAY)
        InviteeFactory(meeting=meeting, person=person)
        AttendanceFactory(meeting=meeting, enrolment=person.enrolments.get())
        SeatReservationFactory(cohort=cohort, municipality=viborg)
        shared_by(person)
    client.force_login(dorthe)

    assert query_count("/overblik/") == 8
