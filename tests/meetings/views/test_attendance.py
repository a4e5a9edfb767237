from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from lms.meetings.models import Attendance
from tests.factories.meetings import AttendanceFactory, kursist_in
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
TRAINERS = {"coordinator", "instructor", "supervisor"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting(standing):
    """Today's, and not over yet."""
    return schedule(standing.cohort, starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=5))


@pytest.fixture
def places(standing, meeting):
    enrolment = standing.owner.enrolments.get().pk
    return f"{enrolment}-morning", f"{enrolment}-afternoon"


def stored(meeting):
    return {f"{row.enrolment_id}-{row.half}": row.state for row in meeting.attendance.all()}


def test_the_list_is_for_the_providers_trainers(meeting, status):
    assert status(f"/moede/{meeting.pk}/fremmoede/") == {200: TRAINERS, 404: EVERYBODY - TRAINERS}


def test_a_post_from_anybody_else_marks_nothing(standing, meeting, places, client):
    for name in EVERYBODY - TRAINERS:
        client.force_login(getattr(standing, name))
        assert client.post(f"/moede/{meeting.pk}/fremmoede/", {places[0]: "present"}).status_code == 404

    assert stored(meeting) == {}


def test_the_list_shows_each_person_with_municipality_and_half_days(standing, meeting, client):
    soup = page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/")

    assert words(soup, ".attend .person") == ["Mette Lindholm Viborg"]
    assert [len(half.select("input[type=radio]")) for half in soup.select("fieldset")] == [3, 3]
    assert [legend.select_one(".sr-only").get_text() for legend in soup.select("legend")] == ["Mette Lindholm, "] * 2


def test_a_short_day_has_one_half(standing, client):
    meeting = schedule(standing.cohort, starts_at=NOW, ends_at=NOW + timedelta(hours=2))

    assert len(page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/").select("fieldset")) == 1


def test_marks_are_saved_and_shown_again(standing, meeting, places, client):
    client.force_login(standing.instructor)
    marks = {places[0]: "present", places[1]: "partial"}

    response = client.post(f"/moede/{meeting.pk}/fremmoede/", marks)

    soup = page(client, standing.instructor, response["Location"])
    assert stored(meeting) == marks
    assert [radio["id"] for radio in soup.select("input[checked]")] == [f"{places[0]}-present", f"{places[1]}-partial"]


def test_everybody_here_is_one_tap_and_spares_the_exceptions(standing, meeting, places, client):
    other = kursist_in(standing.cohort).enrolments.get()
    meeting.invitees.create(person=other.person)
    client.force_login(standing.instructor)

    client.post(f"/moede/{meeting.pk}/fremmoede/", {places[0]: "absent", "everybody": "on"})

    assert stored(meeting) == {
        places[0]: "absent",
        places[1]: "present",
        f"{other.pk}-morning": "present",
        f"{other.pk}-afternoon": "present",
    }


def test_sending_twice_is_the_same_as_once(standing, meeting, places, client):
    client.force_login(standing.instructor)

    for _time in range(2):
        client.post(f"/moede/{meeting.pk}/fremmoede/", {"everybody": "on"})

    assert Attendance.objects.count() == 2


def test_one_left_out_stays_unmarked(standing, meeting, places, client):
    client.force_login(standing.instructor)

    client.post(f"/moede/{meeting.pk}/fremmoede/", {places[0]: "present"})

    assert stored(meeting) == {places[0]: "present"}


def test_a_forged_state_is_refused_and_marks_nothing(standing, meeting, places, client):
    client.force_login(standing.instructor)

    response = client.post(f"/moede/{meeting.pk}/fremmoede/", {places[0]: "present", places[1]: "asleep"})

    soup = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, stored(meeting)) == (200, {})
    assert len(soup.select(".error-summary")) == 1
    assert [radio["id"] for radio in soup.select("input[checked]")] == [f"{places[0]}-present"]


def test_a_foreign_person_in_the_form_is_not_marked(standing, meeting, client):
    foreign = standing.stranger.enrolments.get().pk
    client.force_login(standing.instructor)

    client.post(f"/moede/{meeting.pk}/fremmoede/", {f"{foreign}-morning": "present"})

    assert stored(meeting) == {}


def test_the_list_opens_with_the_day(standing, client, places):
    tomorrow = schedule(standing.cohort, days=1)
    client.force_login(standing.instructor)

    response = client.post(f"/moede/{tomorrow.pk}/fremmoede/", {"everybody": "on"})

    assert (response.status_code, stored(tomorrow)) == (200, {})
    assert len(BeautifulSoup(response.content, "html.parser").select(".empty")) == 1


def test_the_list_stays_open_after_the_day(standing, client):
    meeting = schedule(standing.cohort, days=-30)
    client.force_login(standing.instructor)

    client.post(f"/moede/{meeting.pk}/fremmoede/", {"everybody": "on"})

    assert meeting.attendance.count() == 2


@pytest.mark.parametrize("many", [1, 3, 30])
def test_showing_the_list_costs_the_same_for_any_number(standing, client, many, django_assert_num_queries):
    for _number in range(many):
        kursist_in(standing.cohort)
    meeting = schedule(standing.cohort, days=0)
    for enrolment in standing.cohort.enrolments.all():
        AttendanceFactory(meeting=meeting, enrolment=enrolment)
    client.force_login(standing.instructor)

    # session, user, access, meeting, people, marks, early check-ins, corrections, names, others, municipalities
    with django_assert_num_queries(11):
        client.get(f"/moede/{meeting.pk}/fremmoede/")


@pytest.mark.parametrize("many", [1, 3, 30])
def test_saving_the_list_costs_the_same_for_any_number(standing, client, many, django_assert_num_queries):
    for _number in range(many):
        kursist_in(standing.cohort)
    meeting = schedule(standing.cohort, days=0)
    client.force_login(standing.instructor)

    # session, user, access, meeting, people, marks; the action's eight
    with django_assert_num_queries(14):
        client.post(f"/moede/{meeting.pk}/fremmoede/", {"everybody": "on"})
