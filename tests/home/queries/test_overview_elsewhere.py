"""The overviews outside municipality and provider: STAR, moderator, administrator, region, partner, and nobody."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lms.home.queries import overview_for
from lms.meetings.models import Attendance, Invitee
from lms.people.models import MunicipalityRegion, Role
from tests.factories.courses import course_page, day_page, editor_of
from tests.factories.forum import ReportFactory, TriedFactory, consultant_in, shared_by
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    InviteeFactory,
    MeetingFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import LONG_AGO, MunicipalityFactory, RegionFactory, UserFactory, person_with
from tests.factories.programme import ParticipationFactory
from tests.factories.supervision import CaseFactory, LearningFactory, NextStepFactory, day_from_now

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECRETS = ("Hun siger ja til alt", "Hvordan gør jeg det lettere", "En læring", "Et skridt")


@pytest.fixture
def jonas():
    return person_with(Role.PROGRAMME_MANAGER)


def numbers(shown):
    return [value for value, _label in shown["numbers"]]


def test_stars_numbers_are_right(jonas, now):
    viborg, cohort = MunicipalityFactory(name="Viborg"), CohortFactory()
    held = MeetingFactory(cohort=cohort, starts_at=now - DAY)
    for place, state in ((viborg, "present"), (viborg, "absent"), (MunicipalityFactory(name="Aarhus"), "partial")):
        person = kursist_in(cohort, place)
        AttendanceFactory(meeting=held, enrolment=person.enrolments.get(), state=state)
    kursist_in(cohort, viborg).enrolments.update(state="withdrawn")
    TriedFactory()

    shown = overview_for(jonas, now)

    assert numbers(shown) == ["3", "2", "67 %", "1"]
    places = [(row.name, row.people_count, row.present_count, row.marked_count) for row in shown["municipalities"]]
    assert places == [("Aarhus", 1, 1, 1), ("Viborg", 2, 1, 2)]
    assert [(row, row.enrolled_count) for row in shown["cohorts"]] == [(cohort, 3)]


def test_stars_numbers_before_anything_has_happened(jonas, now):
    shown = overview_for(jonas, now)

    assert (numbers(shown), list(shown["municipalities"]), shown["task"]) == (["0", "0", "–", "0"], [], None)


def test_star_hears_of_pages_that_wait(jonas, now):
    page = day_page(course_page())
    page.save_revision()
    page.get_workflow().start(page, editor_of(page.get_parent().specific.course))

    task = overview_for(jonas, now)["task"]

    assert (task.title.split()[0], task.url) == ("1", "/admin/")


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.MODERATOR, Role.ADMINISTRATOR])
def test_nothing_that_is_said_in_supervision(client, now, role):
    day = day_from_now(now, -3)
    author = member_of(day.group)
    CaseFactory(day=day, author=author, brought=True)
    LearningFactory(day=day, focus_person=author, text="En læring")
    NextStepFactory(day=day, person=author, text="Et skridt")
    client.force_login(person_with(role))

    page = client.get("/overblik/").content.decode()

    assert [secret for secret in (*SECRETS, day.group.name, author.name) if secret in page] == []


def test_the_moderator_hears_of_what_waits(now):
    ReportFactory()
    ReportFactory(resolved_at=now)

    shown = overview_for(person_with(Role.MODERATOR), now)

    assert shown["task"].title.startswith("1 ")


def test_the_administrator_is_led_to_the_cohorts(now):
    shown = overview_for(person_with(Role.ADMINISTRATOR), now)

    assert (shown["template"], shown["task"].url) == ("home/overview/plain.html", "/hold/")


def test_the_map_of_an_ambassador_changes_with_the_year(now):
    west, east = RegionFactory(), RegionFactory()
    greve = MunicipalityFactory(name="Greve")
    ParticipationFactory(municipality=greve)
    ParticipationFactory()
    MunicipalityRegion.objects.create(municipality=greve, region=west, start_date=LONG_AGO, end_date=date(2026, 12, 31))
    MunicipalityRegion.objects.create(municipality=greve, region=east, start_date=date(2027, 1, 1))
    before, after = (now.replace(year=year, month=month, day=15) for year, month in ((2026, 12), (2027, 1)))

    def places(region, moment):
        shown = overview_for(person_with(Role.IPS_AMBASSADOR, region), moment)
        return [row.municipality.name for row in shown["participations"]]

    assert [places(west, before), places(east, before)] == [["Greve"], []]
    assert [places(west, after), places(east, after)] == [[], ["Greve"]]


def test_an_ambassador_sees_what_is_new_and_nobodys_attendance(client, now):
    sara = person_with(Role.IPS_AMBASSADOR)
    new = shared_by(consultant_in(), "Prøvefredage")
    kursist = kursist_in(CohortFactory(), name="Kursist Fra Viborg")
    held = MeetingFactory(cohort=kursist.enrolments.get().cohort, starts_at=now - DAY)
    AttendanceFactory(meeting=held, enrolment=kursist.enrolments.get(), state=Attendance.State.ABSENT)
    client.force_login(sara)

    page = client.get("/overblik/").content.decode()

    assert list(overview_for(sara, now)["discussions"]) == [new]
    assert kursist.name not in page


def test_a_partner_sees_the_single_days_invited_to(now):
    peter = person_with(Role.PSYCHIATRY_PARTNER)
    coming = MeetingFactory(starts_at=now + 2 * DAY)
    for meeting in (coming, MeetingFactory(starts_at=now - DAY), MeetingFactory(starts_at=now + 5 * DAY)):
        InviteeFactory(meeting=meeting, person=peter, role=Invitee.Role.GUEST)
    MeetingFactory(starts_at=now + DAY)

    shown = overview_for(peter, now)

    assert (shown["meeting"].meeting, shown["meeting"].url) == (coming, f"/moede/{coming.pk}/")


def test_a_partner_without_an_invitation_sees_none(now):
    MeetingFactory(starts_at=now + DAY)

    assert overview_for(person_with(Role.PSYCHIATRY_PARTNER), now)["meeting"] is None


def test_somebody_whose_last_membership_has_ended_is_told_so(client, now):
    person = consultant_in()
    person.memberships.update(end_date=now.date() - DAY)
    client.force_login(person)

    answer = client.get("/overblik/")

    assert answer.status_code == 200
    assert next(template.name for template in answer.templates) == "home/overview/nothing.html"
    assert overview_for(UserFactory(), now) == {"now": now}


def test_a_visitor_is_sent_to_sign_in(client):
    answer = client.get("/overblik/")

    assert (answer.status_code, answer.url) == (302, "/konto/login/?next=/overblik/")


def plenty(count):
    """So many of everything these pages list."""
    region, now = RegionFactory(), timezone.now()
    partner = person_with(Role.PSYCHIATRY_PARTNER, region)
    for _ in range(count):
        group = SupervisionGroupFactory()
        person = member_of(group)
        place = person.memberships.get().organisation
        meeting = MeetingFactory(cohort=group.cohort, starts_at=now - DAY)
        AttendanceFactory(meeting=meeting, enrolment=person.enrolments.get())
        coming = MeetingFactory(cohort=group.cohort, starts_at=now + DAY)
        InviteeFactory(meeting=coming, person=partner, role=Invitee.Role.GUEST)
        ReportFactory(discussion=shared_by(person, kind="practice"))
        ParticipationFactory(municipality=place)
        MunicipalityRegion.objects.create(municipality=place, region=region, start_date=LONG_AGO)
    return {
        Role.PROGRAMME_MANAGER: person_with(Role.PROGRAMME_MANAGER),
        Role.MODERATOR: person_with(Role.MODERATOR),
        Role.ADMINISTRATOR: person_with(Role.ADMINISTRATOR),
        Role.IPS_AMBASSADOR: person_with(Role.IPS_AMBASSADOR, region),
        Role.PSYCHIATRY_PARTNER: partner,
    }


@pytest.mark.parametrize("count", [1, 3, 30])
def test_how_many_queries_each_page_takes(client, query_count, count):
    taken = {}
    for role, person in plenty(count).items():
        client.force_login(person)
        taken[role] = query_count("/overblik/")

    assert taken == {
        Role.PROGRAMME_MANAGER: 9,
        Role.MODERATOR: 4,
        Role.ADMINISTRATOR: 3,
        Role.IPS_AMBASSADOR: 5,
        Role.PSYCHIATRY_PARTNER: 4,
    }
