from datetime import timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from lms.meetings import actions, queries
from lms.people.models import Membership
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.factories.people import UserFactory
from tests.meetings.calendars import events, unfolded
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_cohorts import EVERYBODY

pytestmark = pytest.mark.django_db


def address(person):
    return f"/kalender/{queries.feed_token(person)}.ics"


def uids(client, person):
    return [str(event["UID"]) for event in events(client.get(address(person)).content)]


def test_a_feed_holds_own_days_past_and_coming(standing, client):
    mine = [schedule(standing.cohort, days=-3), schedule(standing.cohort)]
    schedule(standing.stranger.enrolments.get().cohort)

    assert uids(client, standing.owner) == [meeting.uid for meeting in mine]


def test_a_feed_needs_no_sign_in_and_is_kept_by_no_shared_cache(standing, client):
    response = client.get(address(standing.owner))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"


def test_a_feed_drops_what_is_cancelled_or_withdrawn(standing, client):
    actions.cancel_meeting(meeting=schedule(standing.cohort), by=None, now=NOW)
    schedule(standing.cohort)
    actions.withdraw(enrolment=standing.owner.enrolments.get(), by=None, now=NOW)

    assert uids(client, standing.owner) == []


def test_a_feed_names_no_people_and_no_group(standing, client):
    group = SupervisionGroupFactory(cohort=standing.cohort, name="Gruppe Kanarie")
    member = member_of(group, name="Rasmus Kanariefugl")
    schedule(standing.cohort, group=group, title="Supervisionsdag 1")

    text = "\n".join(unfolded(client.get(address(member)).content))

    assert [word for word in ("Kanarie", member.email, "ATTENDEE", "ORGANIZER") if word in text] == []


def test_a_feed_gives_the_number_of_the_persons_own_copy(standing, client):
    schedule(standing.cohort)
    enrolment = actions.withdraw(enrolment=standing.owner.enrolments.get(), by=None, now=NOW)
    actions.enrol(person=standing.owner, cohort=standing.cohort, municipality=enrolment.municipality, by=None, now=NOW)

    (event,) = events(client.get(address(standing.owner)).content)

    assert event["SEQUENCE"] == 2


def test_a_feed_answers_304_until_something_changes(standing, client):
    meeting = schedule(standing.cohort)
    etag = client.get(address(standing.owner))["ETag"]
    unchanged = client.get(address(standing.owner), headers={"if-none-match": etag})
    actions.change_meeting(meeting=meeting, by=None, now=NOW, room="Egen")
    changed = client.get(address(standing.owner), headers={"if-none-match": etag})

    assert (unchanged.status_code, unchanged.content, changed.status_code) == (304, b"", 200)


def test_a_feed_only_reads(standing, client):
    assert client.post(address(standing.owner)).status_code == 405


def test_the_token_is_long_and_different_for_everybody(standing):
    tokens = {queries.feed_token(person) for person in (standing.owner, standing.colleague, standing.stranger)}

    assert {len(token) for token in tokens} == {72}
    assert len(tokens) == 3


def test_unknown_rotated_and_forged_addresses_look_alike(standing, client):
    old = address(standing.owner)
    actions.rotate_calendar(person=standing.owner, seen=0, by=standing.owner, now=NOW)
    unknown = address(UserFactory.build())
    swapped = old.replace(standing.owner.public_id.hex, standing.stranger.public_id.hex)

    answers = [client.get(path) for path in (old, unknown, swapped, "/kalender/x.ics", "/kalender/-.ics")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({BeautifulSoup(answer.content, "html.parser").get_text() for answer in answers}) == 1
    assert client.get(address(standing.owner)).status_code == 200


def test_a_feed_ends_with_the_account(standing, client):
    type(standing.owner).objects.filter(pk=standing.owner.pk).update(is_active=False)

    assert client.get(address(standing.owner)).status_code == 404


def test_a_feed_ends_with_the_last_membership(standing, client):
    Membership.objects.filter(person=standing.owner).update(end_date=NOW.date() - timedelta(days=365))

    assert client.get(address(standing.owner)).status_code == 404


@pytest.mark.parametrize("many", [1, 60])
def test_a_feed_costs_the_same_for_any_number(standing, client, many, django_assert_num_queries):
    for number in range(many):
        schedule(standing.cohort, days=number - 30)

    # the person with the membership, the version, the days
    with django_assert_num_queries(3):
        response = client.get(address(standing.owner))

    assert len(events(response.content)) == many


def test_everybody_signed_in_has_a_calendar_page(status):
    assert status("/min-kalender/") == {200: EVERYBODY}


def test_the_calendar_page_shows_own_address(standing, client):
    client.force_login(standing.owner)

    soup = BeautifulSoup(client.get("/min-kalender/").content, "html.parser")

    assert soup.select_one(".calendar-address").get_text() == f"http://testserver{address(standing.owner)}"
    assert [link["href"] for link in soup.select(".subscribe a")] == [
        "https://outlook.office.com/calendar/0/addfromweb?"
        + urlencode({"url": f"http://testserver{address(standing.owner)}", "name": "Fodfæste"}),
        "https://calendar.google.com/calendar/r?" + urlencode({"cid": f"webcal://testserver{address(standing.owner)}"}),
        f"webcal://testserver{address(standing.owner)}",
    ]
    assert all(image["alt"] for image in soup.select(".subscribe img"))


def test_the_button_retires_the_old_address(standing, client):
    old = address(standing.owner)
    client.force_login(standing.owner)

    client.post("/min-kalender/", {"seen": 0})

    standing.owner.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(address(standing.owner)).status_code == 200


def test_the_button_twice_retires_one_address_and_says_so(standing, client):
    client.force_login(standing.owner)
    client.post("/min-kalender/", {"seen": 0})
    once = client.get("/min-kalender/")

    twice = client.post("/min-kalender/", {"seen": 0}, follow=True)

    assert once.context["address"] == twice.context["address"]
    assert [message.level_tag for message in twice.context["messages"]] == ["info"]
    assert 'name="seen" value="1"' in twice.content.decode()


@pytest.mark.parametrize("seen", ["", "-1", "et", str(2**31), "1"])
def test_a_forged_number_retires_nothing(standing, client, seen):
    client.force_login(standing.owner)
    old = address(standing.owner)

    assert client.post("/min-kalender/", {"seen": seen}).status_code in {200, 302}
    assert client.get(old).status_code == 200
