"""A projected code, and a phone."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from lms.meetings.methods.checkin import code_at, proof_at, ticket
from lms.meetings.models import CheckIn
from tests.factories.meetings import kursist_in
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_attendance import TRAINERS
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(standing):
    return schedule(standing.cohort, starts_at=NOW)


def here(meeting):
    return f"/moede/{meeting.pk}/her/"


def press(client, meeting, **fields):
    return client.post(here(meeting), {"nonce": uuid4(), **fields})


def states(meeting):
    return list(meeting.check_ins.values_list("enrolment__person__name", "state"))


def test_the_projected_code_is_for_the_trainers(meeting, status):
    assert status(f"/moede/{meeting.pk}/indtjek/") == {200: TRAINERS, 404: EVERYBODY - TRAINERS}


def test_the_phone_page_is_for_those_on_the_list(meeting, status):
    assert status(here(meeting)) == {200: {"owner"}, 404: EVERYBODY - {"owner"}}


def test_the_wall_shows_a_qr_code_with_four_digits_beside_it_and_refreshes_itself(standing, meeting, client):
    soup = page(client, standing.instructor, f"/moede/{meeting.pk}/indtjek/")

    assert words(soup, ".checkin__digits") == [code_at(meeting.pk, NOW)]
    assert soup.select_one("#code a")["href"].endswith(f"{here(meeting)}?k={proof_at(meeting.pk, NOW)}")
    assert len(soup.select("svg.checkin__qr path")) == 1
    assert soup.select_one("noscript meta")["http-equiv"] == "refresh"


def test_no_cache_keeps_the_code(standing, meeting, client):
    client.force_login(standing.instructor)

    assert "no-store" in client.get(f"/moede/{meeting.pk}/indtjek/")["Cache-Control"]


def test_the_code_is_not_shown_before_the_day(standing, client):
    meeting = schedule(standing.cohort, days=1)

    soup = page(client, standing.instructor, f"/moede/{meeting.pk}/indtjek/")

    assert (len(soup.select("#code")), len(soup.select(".empty"))) == (0, 1)


def test_scanning_leads_to_one_big_button_and_pressing_it_says_so(standing, meeting, client):
    client.force_login(standing.owner)
    soup = BeautifulSoup(client.get(here(meeting), {"k": proof_at(meeting.pk, NOW)}).content, "html.parser")
    fields = {field["name"]: field.get("value", "") for field in soup.select("#check-in input")}

    response = client.post(here(meeting), fields, follow=True)

    assert "code" not in fields
    assert states(meeting) == [("Mette Lindholm", "counted")]
    assert len(BeautifulSoup(response.content, "html.parser").select(".alert-success")) == 1


def test_who_has_to_sign_in_first_keeps_the_moment_of_scanning(standing, meeting, client, clock):
    response = client.get(here(meeting), {"k": proof_at(meeting.pk, NOW)})
    clock.shift(3 * MINUTE)
    client.force_login(standing.owner)
    soup = BeautifulSoup(client.get(here(meeting)).content, "html.parser")
    fields = {field["name"]: field.get("value", "") for field in soup.select("#check-in input")}

    client.post(here(meeting), fields)

    assert response["Location"] == f"{reverse('account_login')}?next={here(meeting)}"
    assert states(meeting) == [("Mette Lindholm", "counted")]


def test_an_old_photo_of_the_code_asks_for_the_digits(standing, meeting, client, clock):
    proof = proof_at(meeting.pk, NOW)
    clock.shift(MINUTE)
    client.force_login(standing.owner)

    soup = BeautifulSoup(client.get(here(meeting), {"k": proof}).content, "html.parser")

    assert soup.select_one("#check-in [name=ticket]").get("value", "") == ""
    assert len(soup.select("#check-in [name=code]")) == 1


def test_the_code_of_day_three_never_marks_day_four(standing, meeting, client):
    tomorrow = schedule(standing.cohort, starts_at=NOW, title="Dag 4")
    client.force_login(standing.owner)

    soup = BeautifulSoup(client.get(here(tomorrow), {"k": proof_at(meeting.pk, NOW)}).content, "html.parser")
    press(client, tomorrow, ticket=ticket(meeting.pk, standing.owner.pk, NOW))

    assert soup.select_one("#check-in [name=ticket]").get("value", "") == ""
    assert states(tomorrow) == []


def test_the_ticket_of_somebody_else_marks_nobody(standing, meeting, client):
    other = kursist_in(standing.cohort)
    client.force_login(standing.owner)

    press(client, meeting, ticket=ticket(meeting.pk, other.pk, NOW))

    assert states(meeting) == []


def test_who_has_the_code_but_is_not_on_the_list_is_told_so_and_not_marked(standing, meeting, client):
    client.force_login(standing.stranger)
    client.get(here(meeting), {"k": proof_at(meeting.pk, NOW)})

    response = press(client, meeting, code=code_at(meeting.pk, NOW))

    assert (response.status_code, states(meeting)) == (200, [])
    assert len(BeautifulSoup(response.content, "html.parser").select("#check-in")) == 0


def test_a_wrong_code_is_said_in_words_and_stays_in_the_field(standing, meeting, client):
    client.force_login(standing.owner)
    wrong = next(code for code in ("1234", "4321", "9999") if code != code_at(meeting.pk, NOW))

    soup = BeautifulSoup(press(client, meeting, code=wrong).content, "html.parser")

    assert len(soup.select(".error-summary")) == 1
    assert soup.select_one("#check-in [name=code]")["value"] == wrong


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "12\x0034"}, {"code": "12345"}, {"code": "١٢٣٤"}, {"code": "æøå"}, {"nonce": "1"},
        {"noted_at": "9" * 30, "code": "1234"}, {"noted_at": "-5", "code": "1234"}, {"ticket": "\x00"}, {},
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_marks_nobody(standing, meeting, client, fields):
    client.force_login(standing.owner)

    response = press(client, meeting, **fields)

    assert (response.status_code, states(meeting)) == (200, [])


def test_who_comes_early_reads_when_it_counts(standing, meeting, client, clock):
    clock.move_to(NOW - 40 * MINUTE)
    client.force_login(standing.owner)

    response = press(client, meeting, code=code_at(meeting.pk, NOW - 40 * MINUTE))

    text = client.get(response["Location"]).content.decode()
    assert (states(meeting), "9.30" in text) == ([("Mette Lindholm", "queued")], True)


def test_after_the_hour_there_is_no_button_but_a_word(standing, meeting, client, clock):
    clock.move_to(NOW + 80 * MINUTE)

    soup = page(client, standing.owner, here(meeting))

    assert (len(soup.select("#check-in")), len(soup.select(".empty"))) == (0, 1)


def test_the_trainer_confirms_a_late_code_with_one_tap(standing, meeting, client, clock):
    client.force_login(standing.owner)
    clock.move_to(NOW + 10 * MINUTE)
    press(client, meeting, code=code_at(meeting.pk, NOW), noted_at=int(NOW.timestamp() * 1000))
    before = states(meeting)

    soup = page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/")
    form = soup.select_one("form[action$=bekraeft\\/]")
    client.post(form["action"], {"check_in": form.select_one("[name=check_in]")["value"]})

    assert (before, states(meeting)) == ([("Mette Lindholm", "unconfirmed")], [("Mette Lindholm", "counted")])
    assert meeting.attendance.count() == 1


@pytest.mark.parametrize("pk", ["foreign", "0", "x", ""])
def test_only_marks_of_this_day_are_confirmed(standing, meeting, client, pk):
    other = schedule(standing.cohort, starts_at=NOW)
    foreign = CheckIn.objects.create(
        meeting=other, enrolment=standing.owner.enrolments.get(), half="morning", nonce=uuid4(), state="unconfirmed",
        noted_at=NOW, received_at=NOW,
    )  # fmt: skip
    client.force_login(standing.instructor)

    client.post(f"/moede/{meeting.pk}/fremmoede/bekraeft/", {"check_in": foreign.pk if pk == "foreign" else pk})

    foreign.refresh_from_db()
    assert (foreign.state, other.attendance.count()) == ("unconfirmed", 0)


def test_the_list_says_who_checked_in_themselves(standing, meeting, client):
    client.force_login(standing.owner)
    press(client, meeting, code=code_at(meeting.pk, NOW))

    soup = page(client, standing.instructor, f"/moede/{meeting.pk}/fremmoede/")

    assert len(soup.select(".attend__note")) == 1
    assert [re.sub(r"^\d+-", "", radio["id"]) for radio in soup.select("input[checked]")] == ["morning-present"]
