"""Answering from a mail without signing in, and the list of mails that were no answer."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from lms.meetings import actions
from lms.meetings.methods import links
from lms.meetings.models import Enrolment, Invitee, RefusedMail
from lms.meetings.queries.answers import answer_token
from lms.people.models import AuditEntry, Role
from tests.factories.people import person_with
from tests.meetings.calendars import delivered
from tests.meetings.days import HOURS, NOW, schedule
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
DEAD = ["over", "cancelled", "removed", "deactivated", "left the job"]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting(standing):
    return schedule(
        standing.cohort, trainers=[standing.instructor], notes="Tag sko med", online_link="https://x.example"
    )


@pytest.fixture
def invitee(standing, meeting):
    return meeting.invitees.select_related("meeting").get(person=standing.owner)


@pytest.fixture
def link(invitee):
    return f"/moede/svar/{answer_token(invitee)}/"


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def kill(how, invitee):
    meeting, person = invitee.meeting, invitee.person
    if how == "over":
        type(meeting).objects.update(starts_at=NOW - 2 * HOURS, ends_at=NOW - HOURS)
    elif how == "cancelled":
        actions.cancel_meeting(meeting=meeting, by=None, now=NOW)
    elif how == "removed":
        actions.withdraw(enrolment=person.enrolments.get(), by=None, now=NOW)
    elif how == "deactivated":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    else:
        person.memberships.update(end_date=NOW.date() - timedelta(days=1))


def moved(meeting):
    return actions.change_meeting(
        meeting=meeting, by=None, now=NOW, starts_at=meeting.starts_at + HOURS, ends_at=meeting.ends_at + HOURS
    )


def test_the_mail_carries_three_links_that_open_without_signing_in(standing, meeting, client):
    message = next(message for message in delivered(NOW) if message["To"] == standing.owner.email)

    html = BeautifulSoup(message.get_body(("html",)).get_content(), "html.parser")
    found = [a["href"] for a in html.select("a") if "/moede/svar/" in a["href"]]

    assert [href.partition("?")[2] for href in found] == ["svar=accepted", "svar=tentative", "svar=declined"]
    assert [client.get(href).status_code for href in found] == [200, 200, 200]


def test_a_trainer_is_not_asked(standing, meeting):
    message = next(message for message in delivered(NOW) if message["To"] == standing.instructor.email)

    assert "/moede/svar/" not in message.as_string()


def test_the_page_shows_the_day_and_three_buttons_and_nothing_else(standing, link, client):
    soup = soup_of(client.get(link))

    text = soup.select_one("main").get_text()
    assert words(soup, "h1") == ["Dag 4: Arbejdsgiveren"]
    assert [button["value"] for button in soup.select("button[name=answer]")] == ["accepted", "tentative", "declined"]
    secrets = ("Tag sko med", "https://x.example", standing.instructor.name, standing.owner.email)
    assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize("ask", ["get", "head", "options"])
@pytest.mark.parametrize("query", ["", "?svar=accepted", "?svar=declined&answer=accepted", "?svar=nonsense"])
def test_a_scanner_that_opens_the_link_changes_nothing(link, invitee, client, ask, query):
    entries = AuditEntry.objects.count()

    assert getattr(client, ask)(link + query).status_code == 200

    invitee.refresh_from_db()
    assert (invitee.answer, AuditEntry.objects.count()) == (Invitee.Answer.NONE, entries)


@pytest.mark.parametrize("answer", ["accepted", "tentative"])
def test_a_button_answers(standing, link, invitee, client, answer):
    response = client.post(link, {"answer": answer})

    invitee.refresh_from_db()
    assert (response["Location"], invitee.answer) == (link, answer)
    assert AuditEntry.objects.get(verb="answer_invitation").actor_id == standing.owner.pk


def test_a_no_is_asked_why_and_then_says_what_follows(link, invitee, client):
    asked = soup_of(client.post(link, {"answer": "declined"}))
    invitee.refresh_from_db()
    before = invitee.answer
    after = soup_of(client.post(link, {"answer": "declined", "reason": "Ferie"}, follow=True))

    invitee.refresh_from_db()
    assert [a["href"] for a in asked.select(".error-summary a")] == ["#id_reason"]
    assert asked.select_one(".decline").has_attr("open")
    assert (before, invitee.answer, invitee.answer_reason) == ("none", "declined", "Ferie")
    assert len(after.select("#then")) == 1


def test_a_cpr_number_in_the_reason_is_not_kept(link, invitee, client):
    client.post(link, {"answer": "declined", "reason": "Borgeren 010190-1234"})

    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answer_reason) == ("none", "")


def test_the_same_button_twice_is_one_answer(link, client):
    for _time in range(2):
        client.post(link, {"answer": "accepted"})

    assert AuditEntry.objects.filter(verb="answer_invitation").count() == 1


def test_changing_ones_mind_takes_the_reason_away(link, invitee, client):
    client.post(link, {"answer": "declined", "reason": "Ferie"})
    client.post(link, {"answer": "accepted"})

    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answer_reason) == ("accepted", "")


def test_an_old_mails_link_shows_the_new_time_and_asks_again(link, meeting, invitee, client):
    moved(meeting)

    response = client.post(link, {"answer": "accepted"})

    invitee.refresh_from_db()
    soup = soup_of(response)
    fresh = soup.select_one("form[method=post]:has(button[value=accepted])")["action"]
    assert (response.status_code, invitee.answer, len(soup.select(".alert-warning"))) == (200, "none", 1)
    client.post(fresh, {"answer": "accepted"})
    invitee.refresh_from_db()
    assert (fresh != link, invitee.answer) == (True, "accepted")


def test_a_day_that_moves_under_the_button_is_not_answered(meeting, invitee):
    """Between the page's look and the answer: the number is asked again under the lock."""
    moved(meeting)

    with pytest.raises(actions.DayHasChanged):
        actions.answer_invitation(invitee=invitee, answer="accepted", by=None, now=NOW, sequence=0)

    invitee.refresh_from_db()
    assert invitee.answer == Invitee.Answer.NONE


@pytest.mark.parametrize("how", DEAD)
def test_a_link_dies_with_the_day_and_with_the_persons_part_in_it(link, invitee, client, how):
    kill(how, invitee)

    codes = [client.get(link).status_code, client.post(link, {"answer": "accepted"}).status_code]

    invitee.refresh_from_db()
    assert (codes, invitee.answer) == ([404, 404], "none")


def test_every_dead_and_forged_link_looks_the_same(link, invitee, client):
    other = links.sign("offer", i=invitee.pk, s=0)
    forged = [f"{link[:-2]}x/", "/moede/svar/x/", "/moede/svar/%00/", f"/moede/svar/{'x' * 5000}/"]
    forged += [f"/moede/svar/{other}/", f"/moede/svar/{links.sign('answer', i=10**9, s=0)}/"]
    kill("cancelled", invitee)

    answers = [client.get(path) for path in [link, *forged]]

    assert {response.status_code for response in answers} == {404}
    assert {words(soup_of(response), "h1")[0] for response in answers} == set(words(soup_of(answers[0]), "h1"))


def test_a_trainers_invitation_has_no_link(meeting, client):
    trainer = meeting.invitees.select_related("meeting").get(role=Invitee.Role.TRAINER)

    assert client.get(f"/moede/svar/{answer_token(trainer)}/").status_code == 404


def test_leaving_the_course_asks_first_and_then_gives_the_seat_back(standing, link, client):
    looked = client.get(f"{link}stop/")
    seat = Enrolment.objects.get(person=standing.owner)
    before = seat.state
    client.post(f"{link}stop/", {"reason": ""})
    seat.refresh_from_db()
    nothing = seat.state
    response = client.post(f"{link}stop/", {"reason": "Nyt job"})

    seat.refresh_from_db()
    assert (looked.status_code, before, nothing) == (200, "enrolled", "enrolled")
    assert (response.status_code, seat.state, seat.reason, seat.changed_by) == (
        302,
        "withdrawn",
        "Nyt job",
        standing.owner,
    )
    assert client.post(f"{link}stop/", {"reason": "Nyt job"}).status_code == 404


def test_a_guest_has_no_course_to_leave(standing, meeting, client):
    actions.invite_guest(meeting=meeting, person=standing.guest, by=None, now=NOW)
    guest = meeting.invitees.select_related("meeting").get(person=standing.guest)
    link = f"/moede/svar/{answer_token(guest)}/"

    assert (client.get(link).status_code, client.get(f"{link}stop/").status_code) == (200, 404)


def refuse(cohort, many=1):
    rows = [
        RefusedMail(cohort=cohort, sender="a@b.example", reason="outdated", received_at=NOW) for _row in range(many)
    ]
    RefusedMail.objects.bulk_create(rows)


def test_refused_mails_are_for_the_cohorts_coordinator(standing, status):
    refuse(standing.cohort)

    assert status("/hold/hold-vest/afviste-mails/") == {200: {"coordinator"}, 404: EVERYBODY - {"coordinator"}}


def test_mails_nobody_could_place_are_for_administrators(standing, status, client):
    refuse(None)

    assert status("/afviste-mails/") == {404: EVERYBODY}
    assert len(page(client, person_with(Role.ADMINISTRATOR), "/afviste-mails/").select("tbody tr")) == 1


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_list_costs_the_same_for_any_number(standing, client, many, django_assert_num_queries):
    refuse(standing.cohort, many)
    client.force_login(standing.coordinator)

    # session, user, access, cohort, mails
    with django_assert_num_queries(5):
        response = client.get("/hold/hold-vest/afviste-mails/")

    assert len(soup_of(response).select("tbody tr")) == many


def test_a_long_list_comes_in_pages(standing, client):
    refuse(standing.cohort, 70)

    first = page(client, standing.coordinator, "/hold/hold-vest/afviste-mails/")
    rest = page(client, standing.coordinator, "/hold/hold-vest/afviste-mails/" + first.select_one(".pager a")["href"])

    assert [len(soup.select("tbody tr")) for soup in (first, rest)] == [50, 20]
    assert rest.select(".pager a") == []


@pytest.mark.parametrize("after", ["x", "-1", "٣", "9" * 30, "\x00"])
def test_a_page_that_is_none_shows_the_first(standing, client, after):
    refuse(standing.cohort)
    client.force_login(standing.coordinator)

    response = client.get("/hold/hold-vest/afviste-mails/", {"efter": after})

    assert (response.status_code, len(soup_of(response).select("tbody tr"))) == (200, 1)
