import io
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from pypdf import PdfReader

from lms.meetings.models import Attendance
from tests.factories.meetings import AttendanceFactory, kursist_in
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
# session, user, access, seats; groups, days, guests, marks
OWN_PAGE = 8
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


def send(client, meeting, **fields):
    return client.post(f"/moede/{meeting.pk}/fremmoede/", fields)


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_a_part_of_the_day_is_saved_with_its_times(standing, meeting, places, client):
    client.force_login(standing.instructor)

    send(client, meeting, **{places[0]: "partial", f"{places[0]}-arrived": "10:00", f"{places[0]}-left": "11:30"})

    row = meeting.attendance.get()
    assert (row.arrived_at, row.left_at) == (NOW, NOW + timedelta(minutes=90))
    soup = page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/")
    assert [soup.select_one(f"#id_{places[0]}-{part}")["value"] for part in ("arrived", "left")] == ["10:00", "11:30"]


@pytest.mark.parametrize(
    "times",
    [("08:59", ""), ("", "15:01"), ("11:00", "11:00"), ("12:00", "11:00"), ("25:00", ""), ("\x00", "")],
)
def test_times_outside_the_day_are_refused_and_stay_in_the_form(standing, meeting, places, client, times):
    arrived, left = times
    client.force_login(standing.instructor)
    times = {f"{places[0]}-arrived": arrived, f"{places[0]}-left": left}

    response = send(client, meeting, **{places[0]: "partial", places[1]: "present"}, **times)

    soup = soup_of(response)
    assert (response.status_code, stored(meeting)) == (200, {})
    assert len(soup.select(".error-summary")) == 1
    assert soup.select_one(f"#id_{places[0]}-arrived")["value"] == arrived
    assert [radio["id"] for radio in soup.select("input[checked]")] == [f"{places[0]}-partial", f"{places[1]}-present"]


def test_times_of_somebody_who_was_there_all_the_time_are_not_kept(standing, meeting, places, client):
    client.force_login(standing.instructor)

    send(client, meeting, **{places[0]: "present", f"{places[0]}-arrived": "23:00"})

    assert meeting.attendance.get().arrived_at is None


def test_the_second_trainer_sees_both_marks_and_loses_nothing_typed(standing, meeting, places, client):
    client.force_login(standing.supervisor)
    send(client, meeting, **{places[0]: "absent", f"{places[0]}-seen": "//"})
    client.force_login(standing.instructor)

    response = send(client, meeting, **{places[0]: "present", places[1]: "present"})

    soup = soup_of(response)
    assert (response.status_code, stored(meeting)) == (409, {places[0]: "absent"})
    assert len(soup.select(".form-error-message")) == 1
    assert standing.supervisor.name in soup.select_one(".form-error-message").get_text()
    assert [radio["id"] for radio in soup.select("input[checked]")] == [f"{places[0]}-present", f"{places[1]}-present"]
    # Saving the page that showed both is a decision.
    fields = {field["name"]: field["value"] for field in soup.select("input[checked], input[name$=-seen]")}
    send(client, meeting, **fields)
    assert stored(meeting) == {places[0]: "present", places[1]: "present"}


def test_a_correction_stands_below_the_list_with_who_and_when(standing, meeting, places, client):
    client.force_login(standing.instructor)
    for state, seen in (("present", "//"), ("absent", "present//")):
        send(client, meeting, **{places[0]: state, f"{places[0]}-seen": seen})

    text = page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/").select_one(
        "[aria-labelledby=changes-title] li"
    )

    assert [word in text.get_text() for word in ("Mette Lindholm", "10.00", standing.instructor.name)] == [True] * 3


def test_a_case_is_ticked_on_a_supervision_day_alone(standing, meeting, places, client):
    supervision = schedule(standing.cohort, starts_at=NOW, title="Supervisionsdag 1")
    type(supervision).objects.filter(pk=supervision.pk).update(kind="supervision")
    pk = standing.owner.enrolments.get().pk
    client.force_login(standing.supervisor)

    for day in (meeting, supervision):
        send(client, day, **{places[0]: "present", f"{pk}-case": "on"})

    assert [day.attendance.get().presented_case for day in (meeting, supervision)] == [False, True]


def test_a_case_of_somebody_who_is_not_marked_is_asked_about(standing, client):
    day = schedule(standing.cohort, starts_at=NOW)
    type(day).objects.filter(pk=day.pk).update(kind="supervision")
    client.force_login(standing.supervisor)

    response = send(client, day, **{f"{standing.owner.enrolments.get().pk}-case": "on"})

    assert (len(soup_of(response).select(".error-summary")), stored(day)) == (1, {})


def test_a_name_is_written_down_and_a_coordinator_says_whose_it_is(standing, meeting, client):
    late = kursist_in(standing.cohort, name="Aage Senkommer").enrolments.get()
    client.force_login(standing.instructor)
    client.post(f"/moede/{meeting.pk}/fremmoede/uventet/", {"name": "Åge\x07 S."})
    walk_in = meeting.walk_ins.get()

    seen_by_trainer = page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/").select(".attend__merge")
    refused = client.post(f"/moede/{meeting.pk}/fremmoede/uventet/flet/", {"walk_in": walk_in.pk, "enrolment": late.pk})
    form = page(client, standing.coordinator, f"/moede/{meeting.pk}/fremmoede/").select(".attend__merge")
    client.post(form[0]["action"], {"walk_in": walk_in.pk, "enrolment": late.pk})

    assert (walk_in.name, seen_by_trainer, refused.status_code) == ("Åge S.", [], 404)
    assert stored(meeting) == {f"{late.pk}-morning": "present", f"{late.pk}-afternoon": "present"}
    assert "Aage Senkommer" in str(page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/"))


def test_nobody_and_a_foreign_enrolment_are_no_walk_in(standing, meeting, client):
    client.force_login(standing.instructor)

    answers = [
        client.post(f"/moede/{meeting.pk}/fremmoede/uventet/", body).status_code
        for body in (
            {},
            {"name": " \x00 "},
            {"enrolment": standing.stranger.enrolments.get().pk},
            {"name": "010180-1234"},
        )
    ]

    assert (answers, meeting.walk_ins.count(), stored(meeting)) == ([200] * 4, 0, {})


def test_a_guest_who_makes_up_for_a_day_is_on_the_list(standing, meeting, client):
    home = schedule(standing.stranger.enrolments.get().cohort, days=-7)
    meeting.invitees.create(person=standing.stranger, role="guest", makes_up_for=home)
    seat = standing.stranger.enrolments.get().pk
    client.force_login(standing.instructor)

    send(client, meeting, **{f"{seat}-morning": "present"})

    assert stored(meeting) == {f"{seat}-morning": "present"}


def test_the_sheet_to_sign_is_for_trainers_and_read_out_right(standing, meeting, status, client):
    assert status(f"/moede/{meeting.pk}/underskrift.pdf") == {200: TRAINERS, 404: EVERYBODY - TRAINERS}
    client.force_login(standing.instructor)

    reader = PdfReader(io.BytesIO(client.get(f"/moede/{meeting.pk}/underskrift.pdf").content))

    text = " ".join(reader.pages[0].extract_text().split())
    assert [word in text for word in ("Dag 4: Arbejdsgiveren", "Vejle", "Mette Lindholm", "Viborg")] == [True] * 4
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_own_attendance_is_everybodys_own(standing, meeting, places, client):
    AttendanceFactory(meeting=meeting, enrolment=standing.owner.enrolments.get())
    pages = {
        name: page(client, getattr(standing, name), "/mit-fremmoede/") for name in ("owner", "colleague", "stranger")
    }

    rows = {name: len(soup.select(".own-days__row")) for name, soup in pages.items()}
    assert rows == {"owner": 1, "colleague": 0, "stranger": 0}


@pytest.mark.parametrize("many", [1, 3, 30])
def test_own_attendance_costs_the_same_for_any_number_of_days(standing, client, many, django_assert_num_queries):
    for number in range(many):
        meeting = schedule(standing.cohort, days=-number - 1)
        AttendanceFactory(meeting=meeting, enrolment=standing.owner.enrolments.get(), state="absent")
    client.force_login(standing.owner)

    with django_assert_num_queries(OWN_PAGE):
        client.get("/mit-fremmoede/")
