"""What else goes on at a new time is shown before a day moves, and what else those do who are to lead it."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from lms.meetings import actions
from lms.meetings.models import Invitee, MeetingDraft
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, InviteeFactory, MeetingFactory, SupervisionGroupFactory
from tests.factories.people import person_with
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_cohorts import EVERYBODY, page, words
from tests.meetings.views.test_meetings import typed

pytestmark = pytest.mark.django_db
MOVED = {"day": "2026-11-09"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting(standing):
    return schedule(standing.cohort, room="Bøgen")


@pytest.fixture
def change(client, standing, meeting):
    client.force_login(standing.coordinator)

    def post(*, is_draft=False, **fields):
        values = typed(meeting, **MOVED | fields)
        if is_draft:
            del values["release"]
        return client.post(f"/moede/{meeting.pk}/ret/", values)

    return post


def at_the_new_time(**facts):
    """Something on the day the meeting is to be moved to."""
    return MeetingFactory(**{"starts_at": NOW + timedelta(days=7, hours=1), "place": "Et sted", **facts})


def shown(response):
    return words(BeautifulSoup(response.content, "html.parser"), "[aria-labelledby=clashes-title] li")


def day_of(meeting):
    meeting.refresh_from_db()
    return meeting.starts_at.day


def test_a_kursist_who_is_elsewhere_is_named_before_the_day_moves(standing, meeting, change):
    InviteeFactory(meeting=at_the_new_time(title="Hemmelig dag"), person=standing.owner)

    response = change()

    [line] = shown(response)
    assert (response.status_code, standing.owner.name in line, "Hemmelig dag" in line) == (200, True, False)
    assert day_of(meeting) == 5
    assert change(anyway=response.context["seen"]).status_code == 302
    assert day_of(meeting) == 9


def test_a_draft_is_asked_about_in_the_same_way(standing, meeting, change):
    InviteeFactory(meeting=at_the_new_time(), person=standing.owner)

    response = change(is_draft=True)

    assert (len(shown(response)), MeetingDraft.objects.count()) == (1, 0)
    assert change(is_draft=True, anyway=response.context["seen"]).status_code == 302
    assert MeetingDraft.objects.count() == 1


def test_a_room_of_the_same_provider_that_is_taken_is_shown(standing, meeting, change):
    other = CohortFactory(course=standing.cohort.course)
    at_the_new_time(cohort=other, place="Vejle", room="bøgen ")

    [line] = shown(change())

    assert "bøgen" in line


def test_what_was_typed_is_kept_beside_the_clash(standing, meeting, change):
    InviteeFactory(meeting=at_the_new_time(), person=standing.owner)

    soup = BeautifulSoup(change(notes="Tag sko med.").content, "html.parser")

    assert (soup.select_one("#id_notes").text.strip(), soup.select_one("#id_day")["value"]) == (
        "Tag sko med.",
        "2026-11-09",
    )


def test_new_words_alone_are_not_asked_about(standing, client, meeting):
    InviteeFactory(meeting=at_the_new_time(starts_at=meeting.starts_at), person=standing.owner)
    client.force_login(standing.coordinator)

    assert client.post(f"/moede/{meeting.pk}/ret/", typed(meeting, notes="Tag sko med.")).status_code == 302


def test_a_tick_for_one_clash_is_none_for_another(standing, meeting, change):
    InviteeFactory(meeting=at_the_new_time(), person=standing.owner)
    seen = change().context["seen"]
    InviteeFactory(meeting=at_the_new_time(), person=standing.owner)

    response = change(anyway=seen)

    assert (response.status_code, len(shown(response)), day_of(meeting)) == (200, 2, 5)


def test_many_people_are_counted_rather_than_named(standing, meeting, change):
    elsewhere = at_the_new_time()
    for _number in range(9):
        InviteeFactory(meeting=elsewhere, person=InviteeFactory(meeting=meeting).person)

    [line] = shown(change())

    assert line.endswith("3 mere")


def test_who_has_said_no_to_the_other_day_is_free(standing, meeting, change):
    InviteeFactory(meeting=at_the_new_time(), person=standing.owner, answer=Invitee.Answer.DECLINED)

    assert change().status_code == 302


@pytest.mark.parametrize("count", [1, 3, 30])
def test_saving_asks_as_little_however_many_clash(standing, meeting, change, count, django_assert_num_queries):
    elsewhere = at_the_new_time()
    for _number in range(count):
        InviteeFactory(meeting=elsewhere, person=InviteeFactory(meeting=meeting).person)

    with django_assert_num_queries(9):
        change(is_draft=True)


# Who leads a day.


@pytest.fixture
def trainers(meeting):
    return f"/moede/{meeting.pk}/undervisere/"


@pytest.fixture
def set_trainers(client, standing, trainers):
    client.force_login(standing.coordinator)
    return lambda *people, **fields: client.post(trainers, {"trainers": [p.pk for p in people], "seen": ""} | fields)


def leading(meeting):
    return set(meeting.invitees.active().filter(role="trainer").values_list("person", flat=True))


def test_who_leads_a_day_is_set_by_the_coordinator(standing, status, trainers):
    assert status(trainers) == {200: {"coordinator"}, 404: EVERYBODY - {"coordinator"}}
    assert status(trainers, "post")[404] == EVERYBODY - {"coordinator"}


def test_it_asks_who_you_are(client, trainers):
    assert client.get(trainers)["Location"] == f"/konto/login/?next={trainers}"


def test_the_providers_own_can_be_ticked_and_nobody_else(standing, client, trainers):
    soup = page(client, standing.coordinator, trainers)

    own = {str(person.pk) for person in (standing.instructor, standing.supervisor, standing.coordinator)}
    assert {box["value"] for box in soup.select("input[name=trainers]")} == own


def test_saving_invites_and_leads_back(standing, meeting, set_trainers):
    response = set_trainers(standing.instructor)

    assert (response["Location"], leading(meeting)) == (f"/moede/{meeting.pk}/", {standing.instructor.pk})


def test_a_forged_person_leads_nothing(standing, meeting, set_trainers):
    response = set_trainers(standing.other_coordinator)

    assert (response.status_code, set(response.context["form"].errors), leading(meeting)) == (200, {"trainers"}, set())


def test_a_trainer_who_is_busy_is_asked_about(standing, meeting, set_trainers):
    busy = at_the_new_time(starts_at=meeting.starts_at)
    InviteeFactory(meeting=busy, person=standing.instructor, role="trainer")

    response = set_trainers(standing.instructor)

    assert (len(shown(response)), leading(meeting)) == (1, set())
    set_trainers(standing.instructor, anyway=response.context["seen"])
    assert leading(meeting) == {standing.instructor.pk}


def test_who_comes_second_sees_who_leads_it_by_now(standing, meeting, set_trainers):
    set_trainers(standing.supervisor)

    response = set_trainers(standing.instructor)

    soup = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, standing.supervisor.name in soup.select_one("[role=alert]").text) == (409, True)
    assert leading(meeting) == {standing.supervisor.pk}
    set_trainers(standing.instructor, seen=soup.select_one("[name=seen]")["value"])
    assert leading(meeting) == {standing.instructor.pk}


@pytest.mark.parametrize("seen", ["x", "\x00", "9" * 300, "²"])
def test_a_forged_mark_of_what_was_seen_is_no_error(standing, meeting, set_trainers, seen):
    assert set_trainers(standing.instructor, seen=seen).status_code in {200, 302, 409}


def test_a_groups_supervisor_always_stays_and_is_said_to(standing, client):
    group = SupervisionGroupFactory(cohort=standing.cohort)
    day = schedule(standing.cohort, group=group)
    url = f"/moede/{day.pk}/undervisere/"

    soup = page(client, standing.coordinator, url)
    client.post(url, {"trainers": [standing.instructor.pk], "seen": soup.select_one("[name=seen]")["value"]})

    assert group.supervisor.name in soup.select_one("form.sheet").text
    assert str(group.supervisor.pk) not in {box["value"] for box in soup.select("input[name=trainers]")}
    assert leading(day) == {group.supervisor.pk, standing.instructor.pk}


def test_nobody_leads_what_is_called_off(standing, client, meeting, trainers):
    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)
    client.force_login(standing.coordinator)

    assert client.get(trainers)["Location"] == f"/moede/{meeting.pk}/"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_as_little_however_many_trainers(standing, client, trainers, count, django_assert_num_queries):
    for _number in range(count):
        person_with(Role.INSTRUCTOR, standing.cohort.course.provider)
    client.force_login(standing.coordinator)

    with django_assert_num_queries(6):
        client.get(trainers)
