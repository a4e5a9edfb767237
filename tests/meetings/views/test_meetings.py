from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.utils.timezone import localtime

from lms.meetings import actions
from lms.meetings.models import Meeting
from lms.notifications.models import Notice
from tests.factories.meetings import SupervisionGroupFactory, kursist_in, member_of
from tests.meetings.calendars import by_hand
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_cohorts import EVERYBODY, IN_CHARGE, page, words

pytestmark = pytest.mark.django_db
INSIDE = IN_CHARGE | {"owner", "manager"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting(standing):
    return schedule(
        standing.cohort, trainers=[standing.instructor], room="Bøgen", notes="Tag sko med", by=standing.coordinator
    )


def typed(meeting, **other):
    """What a browser sends from the form of a meeting."""
    start, end = localtime(meeting.starts_at), localtime(meeting.ends_at)
    return {
        "title": meeting.title,
        "day": start.date().isoformat(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "place": meeting.place,
        "room": meeting.room,
        "address": meeting.address,
        "online_link": meeting.online_link,
        "notes": meeting.notes,
        "version": meeting.revision,
        "release": "on",
        **other,
    }


def test_a_meeting_opens_for_the_cohort_and_those_in_charge(meeting, status):
    assert status(f"/moede/{meeting.pk}/") == {200: INSIDE, 404: EVERYBODY - INSIDE}


def test_the_file_of_a_meeting_opens_for_the_same_people(meeting, status):
    assert status(f"/moede/{meeting.pk}.ics") == {200: INSIDE, 404: EVERYBODY - INSIDE}


def test_a_groups_meeting_opens_for_members_and_not_for_the_rest_of_the_cohort(standing, client, status):
    group = SupervisionGroupFactory(cohort=standing.cohort)
    member = member_of(group)
    meeting = schedule(standing.cohort, group=group)

    assert status(f"/moede/{meeting.pk}/") == {200: IN_CHARGE, 404: EVERYBODY - IN_CHARGE}
    client.force_login(member)
    assert client.get(f"/moede/{meeting.pk}/").status_code == 200


def test_a_guest_sees_the_day_and_its_trainers_but_no_kursister(standing, meeting, client):
    actions.invite_guest(meeting=meeting, person=standing.guest, by=standing.coordinator, now=NOW)

    soup = page(client, standing.guest, f"/moede/{meeting.pk}/")

    assert standing.instructor.name in str(soup)
    assert standing.owner.name not in str(soup)
    assert soup.select(".crumb") == []


def test_a_manager_sees_own_people_and_the_trainer(standing, meeting, client):
    other = kursist_in(standing.cohort)
    actions.invite_guest(meeting=meeting, person=other, by=None, now=NOW)

    soup = page(client, standing.manager, f"/moede/{meeting.pk}/")

    assert words(soup, ".people .person__name") == [standing.owner.name]


def test_the_page_shows_place_notes_and_who_comes(standing, meeting, client):
    soup = page(client, standing.owner, f"/moede/{meeting.pk}/")

    assert words(soup, "h1") == ["Dag 4: Arbejdsgiveren"]
    assert words(soup, ".prose") == ["Tag sko med"]
    assert words(soup, ".people .person") == ["Mette Lindholm Viborg"]
    assert [button["value"] for button in soup.select("button[name=answer]")] == ["accepted", "tentative", "declined"]


def test_only_the_coordinator_finds_change_and_cancel(standing, meeting, client):
    links = [f"/moede/{meeting.pk}/{page}/" for page in ("ret", "undervisere", "aflys")]

    found = {
        name: [a["href"] for a in page(client, getattr(standing, name), f"/moede/{meeting.pk}/").select(".sheet a")]
        for name in ("owner", "instructor", "coordinator")
    }

    ics, attendance = f"/moede/{meeting.pk}.ics", f"/moede/{meeting.pk}/fremmoede/"
    assert found == {
        "owner": [ics, "/min-kalender/"],
        "instructor": [ics, "/min-kalender/", attendance],
        "coordinator": [ics, attendance, *links],
    }


def test_the_file_holds_one_published_event(standing, meeting, client):
    client.force_login(standing.owner)

    response = client.get(f"/moede/{meeting.pk}.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (by_hand(response.content)["METHOD"], by_hand(response.content)["UID"]) == ("PUBLISH", meeting.uid)


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_page_costs_the_same_for_any_number(standing, client, many, django_assert_num_queries):
    for _number in range(many):
        kursist_in(standing.cohort)
    meeting = schedule(standing.cohort)
    client.force_login(standing.owner)

    # session, user, access, meeting, people, municipalities
    with django_assert_num_queries(6):
        client.get(f"/moede/{meeting.pk}/")


def test_an_answer_is_kept(standing, meeting, client):
    client.force_login(standing.owner)

    response = client.post(f"/moede/{meeting.pk}/svar/", {"answer": "declined", "reason": " Ferie\u2028i uge 45 "})

    invitee = meeting.invitees.get(person=standing.owner)
    assert response["Location"] == f"/moede/{meeting.pk}/"
    assert (invitee.answer, invitee.answer_reason) == ("declined", "Ferie i uge 45")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "Borgeren 010190-1234", "\x07"])
def test_a_no_without_a_word_is_asked_again_and_keeps_what_was_typed(standing, meeting, client, reason):
    client.force_login(standing.owner)

    response = client.post(f"/moede/{meeting.pk}/svar/", {"answer": "declined", "reason": reason})

    soup = BeautifulSoup(response.content, "html.parser")
    assert meeting.invitees.get(person=standing.owner).answer == "none"
    assert [link["href"] for link in soup.select(".error-summary a")] == ["#id_reason"]
    assert soup.select_one("[name=reason]").get("value", "") == reason


def test_why_somebody_stays_away_is_for_those_who_run_the_day(standing, meeting, client):
    kursist_in(standing.cohort)
    actions.answer_invitation(
        invitee=meeting.invitees.get(person=standing.owner), answer="declined", by=None, now=NOW, reason="Kanariefugl"
    )
    actions.invite_guest(meeting=meeting, person=kursist_in(standing.cohort, name="Nysgerrig"), by=None, now=NOW)
    standing.peer = meeting.invitees.get(person__name="Nysgerrig").person

    sees = set()
    for name in (*EVERYBODY, "peer"):
        client.force_login(getattr(standing, name))
        if "Kanariefugl" in client.get(f"/moede/{meeting.pk}/").content.decode():
            sees.add(name)

    assert sees == {"coordinator", "instructor", "supervisor"}


def test_those_in_charge_see_how_many_come(standing, meeting, client):
    kursist_in(standing.cohort)
    actions.answer_invitation(invitee=meeting.invitees.get(person=standing.owner), answer="tentative", by=None, now=NOW)

    pages = [page(client, getattr(standing, name), f"/moede/{meeting.pk}/") for name in ("coordinator", "owner")]

    assert [words(soup, ".headcount strong") for soup in pages] == [["0", "1", "0", "0"], []]


@pytest.mark.parametrize("answer", ["none", "maybe", "", "accepted\x00"])
def test_a_forged_answer_changes_nothing(standing, meeting, client, answer):
    client.force_login(standing.owner)

    response = client.post(f"/moede/{meeting.pk}/svar/", {"answer": answer})

    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]
    assert meeting.invitees.get(person=standing.owner).answer == "none"


def test_only_those_invited_can_answer(meeting, status):
    answers = status(f"/moede/{meeting.pk}/svar/", "post", data={"answer": "accepted"})

    assert answers == {302: {"owner", "instructor"}, 404: EVERYBODY - {"owner", "instructor"}}
    assert sorted(meeting.invitees.values_list("role", "answer")) == [("kursist", "accepted"), ("trainer", "none")]


def test_an_answer_is_a_post(standing, meeting, client):
    client.force_login(standing.owner)

    assert client.get(f"/moede/{meeting.pk}/svar/").status_code == 405


def test_no_answer_to_a_day_that_is_over(standing, client):
    meeting = schedule(standing.cohort, days=-3)
    client.force_login(standing.owner)

    client.post(f"/moede/{meeting.pk}/svar/", {"answer": "accepted"})

    assert meeting.invitees.get().answer == "none"


@pytest.mark.parametrize("path", ["ret", "aflys"])
def test_changing_and_cancelling_is_for_the_coordinator(meeting, status, path):
    assert status(f"/moede/{meeting.pk}/{path}/") == {200: {"coordinator"}, 404: EVERYBODY - {"coordinator"}}


@pytest.mark.parametrize("path", ["ret", "aflys"])
def test_a_post_from_anybody_else_changes_nothing(standing, meeting, client, path):
    for name in EVERYBODY - {"coordinator"}:
        client.force_login(getattr(standing, name))
        assert client.post(f"/moede/{meeting.pk}/{path}/", typed(meeting, room="Egen")).status_code == 404

    meeting.refresh_from_db()
    assert (meeting.revision, meeting.state) == (1, Meeting.State.SCHEDULED)


def test_the_form_says_how_many_get_a_message(standing, meeting, client):
    soup = page(client, standing.coordinator, f"/moede/{meeting.pk}/ret/")

    assert words(soup, "form.sheet [name=release]")[0].count("2") == 1


def test_a_change_is_saved_and_told(standing, meeting, client):
    client.force_login(standing.coordinator)

    response = client.post(f"/moede/{meeting.pk}/ret/", typed(meeting, room="Egen", starts="08:30"))

    meeting.refresh_from_db()
    assert response["Location"] == f"/moede/{meeting.pk}/"
    assert (meeting.room, f"{localtime(meeting.starts_at):%H:%M}", meeting.sequence) == ("Egen", "08:30", 1)
    assert Notice.objects.filter(occasion="meetings.changed").count() == 2


def test_saving_twice_tells_once(standing, meeting, client):
    client.force_login(standing.coordinator)
    data = typed(meeting, room="Egen")

    codes = [client.post(f"/moede/{meeting.pk}/ret/", data).status_code for _time in range(2)]

    assert codes == [302, 409]
    assert Notice.objects.filter(occasion="meetings.changed").count() == 2


def test_saving_what_is_the_same_tells_nobody(standing, meeting, client):
    client.force_login(standing.coordinator)

    client.post(f"/moede/{meeting.pk}/ret/", typed(meeting))

    assert not Notice.objects.filter(occasion="meetings.changed").exists()


@pytest.mark.parametrize(
    "other, field",
    [
        ({"ends": "08:00"}, "ends"),
        ({"day": "2027-03-28", "starts": "02:30"}, "starts"),
        ({"day": "2027-03-28", "starts": "01:30", "ends": "02:30"}, "ends"),
        ({"day": "2026-10-25", "starts": "02:30"}, "starts"),
        ({"day": "32. maj"}, "day"),
        ({"starts": ""}, "starts"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
        ({"room": "x" * 81}, "room"),
        ({"notes": "Spørg borgeren 010190-1234 først"}, "notes"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_saves_nothing(standing, meeting, client, other, field):
    client.force_login(standing.coordinator)

    response = client.post(f"/moede/{meeting.pk}/ret/", typed(meeting, **{"room": "Egen", **other}))

    soup = BeautifulSoup(response.content, "html.parser")
    meeting.refresh_from_db()
    assert (response.status_code, meeting.revision) == (200, 1)
    assert [link["href"] for link in soup.select(".error-summary a")] == [f"#id_{field}"]


def test_a_moment_beside_the_clock_change_is_fine(standing, meeting, client):
    client.force_login(standing.coordinator)

    client.post(f"/moede/{meeting.pk}/ret/", typed(meeting, day="2027-03-28", starts="09:00", ends="15:00"))

    meeting.refresh_from_db()
    assert meeting.starts_at.isoformat() == "2027-03-28T07:00:00+00:00"


def test_two_coordinators_at_once_see_both_versions(standing, meeting, client):
    client.force_login(standing.coordinator)
    mine = typed(meeting, place="Aarhus")
    actions.change_meeting(meeting=meeting, by=standing.instructor, now=NOW, room="Egen")

    response = client.post(f"/moede/{meeting.pk}/ret/", mine)

    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 409
    assert words(soup, ".sheet--yours ins") == ["Vejle, Egen"]
    assert soup.select_one("#id_place")["value"] == "Aarhus"
    assert soup.select_one("#id_version")["value"] == "2"


def test_a_forged_version_is_a_conflict_and_no_error(standing, meeting, client):
    client.force_login(standing.coordinator)

    assert client.post(f"/moede/{meeting.pk}/ret/", typed(meeting, version=99)).status_code == 409


def test_forged_fields_change_nothing(standing, meeting, client):
    client.force_login(standing.coordinator)
    before = (meeting.uid, meeting.cohort_id, meeting.group_id, meeting.kind)

    forged = {"uid": "x", "cohort": "1", "group": "1", "kind": "supervision", "sequence": "77", "state": "cancelled"}
    client.post(f"/moede/{meeting.pk}/ret/", typed(meeting, room="Egen", **forged))

    meeting.refresh_from_db()
    assert (meeting.uid, meeting.cohort_id, meeting.group_id, meeting.kind) == before
    assert (meeting.sequence, meeting.state) == (0, Meeting.State.SCHEDULED)


def test_cancelling_asks_first_and_then_tells_everybody(standing, meeting, client):
    client.force_login(standing.coordinator)
    client.get(f"/moede/{meeting.pk}/aflys/")
    assert not Meeting.objects.get().is_cancelled

    client.post(f"/moede/{meeting.pk}/aflys/")

    assert Meeting.objects.get().is_cancelled
    assert Notice.objects.filter(occasion="meetings.cancelled").count() == 2


def test_a_cancelled_day_offers_nothing_more(standing, meeting, client):
    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)

    soup = page(client, standing.coordinator, f"/moede/{meeting.pk}/")

    assert soup.select(".sheet .actions") == soup.select("button[name=answer]") == []
    assert client.get(f"/moede/{meeting.pk}/ret/")["Location"] == f"/moede/{meeting.pk}/"


def test_moving_the_day_to_one_that_is_over_tells_nobody(standing, meeting, client):
    client.force_login(standing.coordinator)

    client.post(f"/moede/{meeting.pk}/ret/", typed(meeting, day=(NOW - timedelta(days=7)).date().isoformat()))

    assert not Notice.objects.filter(occasion="meetings.changed").exists()
