from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from lms.meetings import actions
from lms.meetings.models import MeetingDraft
from lms.notifications.models import Notice
from tests.factories.meetings import kursist_in
from tests.factories.people import UserFactory
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_cohorts import EVERYBODY, page, words
from tests.meetings.views.test_meetings import typed

pytestmark = pytest.mark.django_db
URL = "/hold/hold-vest/udsend/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting(standing):
    return schedule(standing.cohort, trainers=[standing.instructor], room="Bøgen", by=standing.coordinator)


def prepare(meeting, by=None, **changes):
    draft = MeetingDraft.objects.filter(meeting=meeting).first()
    return actions.prepare_change(meeting=meeting, by=by, now=NOW, seen=draft and draft.version, **changes)


def drafted(meeting, draft="", **other):
    """What a browser sends by the button that stands first."""
    data = typed(meeting, draft=draft, **other)
    del data["release"]
    return data


def shown(soup):
    return {"seen": [field["value"] for field in soup.select("input[name=seen]")]}


def told():
    return Notice.objects.filter(occasion="meetings.changed").count()


def test_the_page_opens_for_the_coordinator_alone(meeting, status):
    prepare(meeting, room="Egen")

    for method in ("get", "post"):
        answers = status(URL, method)
        assert answers.pop(404) == EVERYBODY - {"coordinator"}
        assert set().union(*answers.values()) == {"coordinator"}
    assert (told(), MeetingDraft.objects.count()) == (0, 1)


def test_nobody_else_drops_a_draft(standing, meeting, client):
    prepare(meeting, room="Egen")

    for name in EVERYBODY - {"coordinator"}:
        client.force_login(getattr(standing, name))
        assert client.post(URL, {"drop": meeting.pk}).status_code == 404

    assert MeetingDraft.objects.exists()


def test_the_form_saves_a_draft_and_leads_to_the_page_that_releases_it(standing, meeting, client):
    client.force_login(standing.coordinator)

    response = client.post(f"/moede/{meeting.pk}/ret/", drafted(meeting, title="Dag 4: Nyt navn", room="Egen"))

    assert response["Location"] == URL
    assert MeetingDraft.objects.get().facts == {"title": "Dag 4: Nyt navn", "room": "Egen"}
    assert told() == 0


def test_the_form_goes_on_from_the_draft(standing, meeting, client):
    draft = prepare(meeting, room="Egen", starts_at=meeting.starts_at - timedelta(minutes=30))

    soup = page(client, standing.coordinator, f"/moede/{meeting.pk}/ret/")

    fields = {name: soup.select_one(f"#id_{name}")["value"] for name in ("title", "room", "starts", "draft")}
    assert fields == {"title": meeting.title, "room": "Egen", "starts": "09:30", "draft": str(draft.version)}
    assert len(soup.select(".alert-info")) == 1


def test_taking_everything_back_drops_the_draft(standing, meeting, client):
    draft = prepare(meeting, room="Egen")
    client.force_login(standing.coordinator)

    response = client.post(f"/moede/{meeting.pk}/ret/", drafted(meeting, draft.version))

    assert response["Location"] == f"/moede/{meeting.pk}/"
    assert not MeetingDraft.objects.exists()


def test_two_who_prepare_one_day_see_both_versions(standing, meeting, client):
    mine = drafted(meeting, place="Aarhus")
    theirs = prepare(meeting, by=standing.instructor, room="Egen")
    client.force_login(standing.coordinator)

    response = client.post(f"/moede/{meeting.pk}/ret/", mine)

    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 409
    assert words(soup, ".sheet--yours ins") == ["Vejle, Egen"]
    assert standing.instructor.name in words(soup, "#theirs-title")[0]
    assert soup.select_one("#id_place")["value"] == "Aarhus"
    assert soup.select_one("#id_draft")["value"] == str(theirs.version)


def test_a_draft_dropped_meanwhile_is_a_conflict_that_can_be_saved_again(standing, meeting, client):
    mine = drafted(meeting, prepare(meeting, room="Egen").version, place="Aarhus")
    actions.drop_change(meeting=meeting, by=None, now=NOW)
    client.force_login(standing.coordinator)

    codes = [client.post(f"/moede/{meeting.pk}/ret/", mine | again).status_code for again in ({}, {"draft": ""})]

    assert codes == [409, 302]
    assert MeetingDraft.objects.get().facts == {"place": "Aarhus"}


@pytest.mark.parametrize(
    "other, field",
    [
        ({"title": "x" * 500}, "title"),
        ({"title": "\x07\x85"}, "title"),
        ({"title": ""}, "title"),
        ({"title": "Borgeren 010190-1234"}, "title"),
        ({"day": "2027-03-28", "starts": "02:30"}, "starts"),
        ({"day": "2026-10-25", "starts": "02:30"}, "starts"),
        ({"ends": "08:00"}, "ends"),
    ],
)
def test_a_bad_draft_is_not_kept_and_what_was_typed_is(standing, meeting, client, other, field):
    client.force_login(standing.coordinator)

    response = client.post(f"/moede/{meeting.pk}/ret/", drafted(meeting, **{"room": "Egen", **other}))

    soup = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, MeetingDraft.objects.exists()) == (200, False)
    assert [link["href"] for link in soup.select(".error-summary a")] == [f"#id_{field}"]
    assert soup.select_one("#id_room")["value"] == "Egen"


def test_a_hostile_title_from_the_form_is_one_line(standing, meeting, client):
    client.force_login(standing.coordinator)

    client.post(f"/moede/{meeting.pk}/ret/", drafted(meeting, title="<b>Dag</b>\r\nBcc: x 🎉"))
    soup = page(client, standing.coordinator, URL)

    assert words(soup, ".change ins") == ["<b>Dag</b> Bcc: x 🎉"]


def test_the_page_says_what_changes_who_hears_of_it_and_how_many_mails(standing, meeting, client):
    prepare(meeting, by=standing.coordinator, room="Egen")
    prepare(schedule(standing.cohort, days=5, title="Dag 5"), room="Asken")

    soup = page(client, standing.coordinator, URL)

    assert words(soup, ".sheet h2")[:2] == [meeting.title, "Dag 5"]
    assert words(soup, ".change ins") == ["Vejle, Egen", "Vejle, Asken"]
    names = [words(sheet, "li") for sheet in soup.select(".sheet details")]
    assert names == [sorted([standing.owner.name, standing.instructor.name]), [standing.owner.name]]
    assert [number for number in words(soup, "#total")[0] if number.isdigit()] == ["3", "2"]
    assert "3" in words(soup, ".button-primary")[0]


def test_people_who_can_no_longer_be_reached_are_not_counted(standing, meeting, client):
    closed = kursist_in(standing.cohort)
    gone = UserFactory()
    for person in (closed, gone):
        actions.invite_guest(meeting=meeting, person=person, by=None, now=NOW)
    closed.is_active = False
    closed.save()
    prepare(meeting, room="Egen")

    soup = page(client, standing.coordinator, URL)

    assert words(soup, ".sheet details li") == sorted([standing.owner.name, standing.instructor.name])


def test_releasing_tells_as_many_as_the_button_said(standing, meeting, client):
    prepare(meeting, room="Egen")
    data = shown(page(client, standing.coordinator, URL))

    response = client.post(URL, data)

    meeting.refresh_from_db()
    assert response["Location"] == "/hold/hold-vest/"
    assert (meeting.room, told(), MeetingDraft.objects.exists()) == ("Egen", 2, False)


def test_releasing_twice_tells_once(standing, meeting, client):
    prepare(meeting, room="Egen")
    data = shown(page(client, standing.coordinator, URL))

    codes = [client.post(URL, data).status_code for _time in range(2)]

    assert (codes, told()) == ([302, 409], 2)


def test_what_somebody_saved_after_the_page_was_opened_is_shown_and_not_released(standing, meeting, client):
    prepare(meeting, room="Egen")
    data = shown(page(client, standing.coordinator, URL))
    prepare(meeting, room="Asken")

    response = client.post(URL, data)

    soup = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, told()) == (409, 0)
    assert words(soup, ".change ins") == ["Vejle, Asken"]
    assert client.post(URL, shown(soup)).status_code == 302


@pytest.mark.parametrize("seen", [[], ["1"], ["-"], ["9" * 5000], ["x-y", "1-1"], ["\x00"]])
def test_a_forged_list_releases_nothing(standing, meeting, client, seen):
    prepare(meeting, room="Egen")
    client.force_login(standing.coordinator)

    assert client.post(URL, {"seen": seen}).status_code == 409
    assert told() == 0


def test_a_day_changed_at_once_since_shows_both_and_has_no_button(standing, meeting, client):
    prepare(meeting, room="Egen")
    actions.change_meeting(meeting=meeting, by=None, now=NOW, place="Aarhus")

    soup = page(client, standing.coordinator, URL)

    assert words(soup, ".alert-warning ins") == ["Aarhus, Bøgen"]
    assert words(soup, ".sheet > .change ins") == ["Aarhus, Egen"]
    assert soup.select("form .button-primary") == []


@pytest.mark.parametrize("number", ["999", "x", ""])
def test_dropping_what_is_not_there_is_no_error(standing, meeting, client, number):
    prepare(meeting, room="Egen")
    client.force_login(standing.coordinator)

    assert client.post(URL, {"drop": number})["Location"] == URL
    assert MeetingDraft.objects.exists()


def test_a_draft_is_dropped_by_its_own_button(standing, meeting, client):
    prepare(meeting, room="Egen")
    prepare(schedule(standing.cohort, days=5), room="Asken")
    client.force_login(standing.coordinator)

    client.post(URL, {"drop": meeting.pk})

    assert [draft.facts for draft in MeetingDraft.objects.all()] == [{"room": "Asken"}]


def test_the_dot_is_for_coordinators(standing, meeting, client):
    prepare(meeting, room="Egen")

    found = {
        name: len(page(client, getattr(standing, name), "/hold/hold-vest/").select(f"a[href='{URL}'], .outbox .state"))
        for name in ("coordinator", "instructor", "owner", "manager")
    }
    # Everybody sees that the day comes soon.
    assert found == {"coordinator": 3, "instructor": 1, "owner": 1, "manager": 1}


def test_without_drafts_the_page_says_so(standing, meeting, client):
    assert len(page(client, standing.coordinator, URL).select(".empty")) == 1


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_page_costs_the_same_for_any_number(standing, client, many, django_assert_num_queries):
    for number in range(many):
        prepare(schedule(standing.cohort, days=number + 2), room="Egen")
    client.force_login(standing.coordinator)

    # Session, user, access, cohort, drafts, revisions, people
    with django_assert_num_queries(7):
        client.get(URL)
