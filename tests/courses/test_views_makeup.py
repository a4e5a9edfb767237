from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import MakeUp
from lms.meetings.models import Cohort, Invitee
from lms.people.models import Role
from tests.courses.makeups import ask, day_of, fill, make_story
from tests.factories.meetings import InviteeFactory, MeetingFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def story(now):
    return make_story(now)


def page(story):
    return f"/moede/{story.missed.pk}/indhent/"


def test_the_finder_opens_for_the_one_who_missed_the_day_and_nobody_else(client, story):
    municipality = story.kursist.enrolments.get().municipality
    others = [
        kursist_in(story.home, municipality),
        kursist_in(story.host),
        story.coordinator,
        person_with(Role.LOCAL_MANAGER, municipality),
        person_with(Role.JOB_CONSULTANT, municipality),
    ]

    client.force_login(story.kursist)
    assert client.get(page(story)).status_code == 200
    for person in others:
        client.force_login(person)
        assert client.get(page(story)).status_code == 404


def test_the_finder_shows_place_room_and_clash(client, story, now):
    clash = MeetingFactory(title="Supervisionsdag 2", starts_at=story.instead.starts_at)
    InviteeFactory(meeting=clash, person=story.kursist)
    client.force_login(story.kursist)

    [other] = client.get(page(story)).context["days"]

    assert (other.meeting, other.seats_left, other.clash) == (story.instead, 30, clash)


def test_choosing_asks_and_shows_how_it_stands(client, story):
    client.force_login(story.kursist)

    response = client.post(page(story), {"instead": story.instead.pk}, follow=True)

    assert response.context["asked"].state == MakeUp.State.ASKED
    assert response.context["holds"]


def test_a_full_day_can_be_waited_for(client, now):
    story = make_story(now, capacity=1)
    fill(story)
    client.force_login(story.kursist)

    client.post(page(story), {"instead": story.instead.pk})

    assert MakeUp.objects.get().state == MakeUp.State.WAITING


@pytest.mark.parametrize("instead", ["", "0", "x", "9" * 40])
def test_a_day_that_is_not_offered_cannot_be_chosen(client, story, instead):
    client.force_login(story.kursist)

    response = client.post(page(story), {"instead": instead}, follow=True)

    assert (response.status_code, MakeUp.objects.count()) == (200, 0)


def test_own_request_is_withdrawn_by_oneself_alone(client, story, now):
    make_up = ask(story, now)
    for person, code in ((story.coordinator, 404), (kursist_in(story.home), 404), (story.kursist, 302)):
        client.force_login(person)
        assert client.post(f"/indhentning/{make_up.pk}/fortryd/").status_code == code

    make_up.refresh_from_db()
    assert make_up.state == MakeUp.State.WITHDRAWN


def answer(client, make_up, **data):
    return client.post(f"/indhentning/{make_up.pk}/svar/", data)


def test_requests_are_listed_for_coordinators_the_manager_and_the_one_who_asks(client, story, now):
    make_up = ask(story, now)
    municipality = story.kursist.enrolments.get().municipality
    sees = {
        story.kursist: 1,
        story.coordinator: 1,
        person_with(Role.LOCAL_MANAGER, municipality): 1,
        person_with(Role.LOCAL_MANAGER): 0,
        person_with(Role.PROVIDER_COORDINATOR): 0,
        kursist_in(story.home, municipality): 0,
    }

    for person, count in sees.items():
        client.force_login(person)
        lines = client.get("/indhentning/").context["lines"]
        assert [line["make_up"] for line in lines] == [make_up] * count
        assert all(line["may_answer"] == (person == story.coordinator) for line in lines)


def test_only_a_coordinator_answers(client, story, now):
    make_up = ask(story, now)
    municipality = story.kursist.enrolments.get().municipality
    for person in (
        story.kursist,
        person_with(Role.LOCAL_MANAGER, municipality),
        person_with(Role.PROVIDER_COORDINATOR),
    ):
        client.force_login(person)
        assert answer(client, make_up, decision="agree").status_code == 404


def test_agreeing_moves_the_invitation(client, story, now):
    make_up = ask(story, now)
    client.force_login(story.coordinator)

    assert answer(client, make_up, decision="agree").url == "/indhentning/"
    answer(client, make_up, decision="agree")

    guest = story.instead.invitees.get(person=story.kursist)
    assert (guest.role, guest.makes_up_for) == (Invitee.Role.GUEST, story.missed)


def test_a_guest_of_the_day_meets_nobody_of_the_cohort(client, story, now):
    other = kursist_in(story.host, name="Flamingoen Jensen")
    InviteeFactory(meeting=story.instead, person=other)
    make_up = ask(story, now)
    client.force_login(story.coordinator)
    answer(client, make_up, decision="agree")
    client.force_login(story.kursist)

    shown = client.get(f"/moede/{story.instead.pk}/")

    assert (shown.status_code, "Flamingoen" in shown.text) == (200, False)
    assert client.get(f"/hold/{story.host.slug}/").status_code == 404


def test_refusing_wants_a_word_why_and_keeps_what_was_typed(client, story, now):
    make_up = ask(story, now)
    client.force_login(story.coordinator)

    for reason in ("", "010190-1234", "x" * 300):
        response = answer(client, make_up, decision="refuse", reason=reason)
        assert (response.status_code, reason in response.text) == (200, True)

    assert answer(client, make_up, decision="refuse", reason="Rummet er lille").status_code == 302
    make_up.refresh_from_db()
    assert (make_up.state, make_up.reason) == (MakeUp.State.REFUSED, "Rummet er lille")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_asks_as_often_however_many_there_are(client, story, now, count, django_assert_num_queries):
    for _number in range(count):
        person = kursist_in(story.home)
        InviteeFactory(meeting=story.missed, person=person, answer=Invitee.Answer.DECLINED)
        ask(story, now, by=person)
    client.force_login(story.coordinator)
    client.get("/indhentning/")

    with django_assert_num_queries(QUERIES_OF_LIST):
        response = client.get("/indhentning/")

    assert len(response.context["lines"]) == count


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_finder_asks_as_often_however_many_days_there_are(client, story, now, count, django_assert_num_queries):
    for number in range(count - 1):
        cohort = Cohort.objects.create(course=story.home.course, name=f"Nr. {number}", slug=f"nr-{number}")
        day_of(cohort, story.page, now + timedelta(days=20 + number))
    client.force_login(story.kursist)
    client.get(page(story))

    with django_assert_num_queries(QUERIES_OF_FINDER):
        response = client.get(page(story))

    assert len(response.context["days"]) == count


QUERIES_OF_LIST, QUERIES_OF_FINDER = 4, 13
