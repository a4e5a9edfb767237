from datetime import timedelta

import pytest
from django.utils import timezone

from lms.meetings import actions as meetings
from lms.people.models import Role
from supervision.models import SupervisionDay
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.factories.people import person_with
from tests.meetings.polls import HOURS, answer, coordinator_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    group, now = SupervisionGroupFactory(), timezone.now()
    member = member_of(group)
    starts = [now + timedelta(days=10 + number) for number in range(2)]
    slots = [(start, start + HOURS) for start in starts]
    poll = meetings.ask_dates(
        group=group, title="Næste gang", slots=slots, closes_at=now + timedelta(days=5), by=None, now=now
    )
    answer(poll, member, "yes", "no", now=now)
    return poll


def choose(client, poll, number=0, **other):
    option = poll.options.all()[number]
    return client.post(f"/supervision/datoer/{poll.pk}/vaelg/", {"option": option.pk, "title": "Håb"} | other)


def test_only_those_who_set_the_dates_choose(client, poll):
    group = poll.group
    people = {
        group.supervisor: 200,
        coordinator_of(group): 200,
        group.memberships.get().enrolment.person: 404,
        person_with(Role.INSTRUCTOR, group.cohort.course.provider): 404,
        person_with(Role.PROVIDER_COORDINATOR): 404,
    }

    for person, expected in people.items():
        client.force_login(person)
        assert client.get(f"/supervision/datoer/{poll.pk}/vaelg/").status_code == expected


def test_choosing_makes_the_day_once(client, poll):
    client.force_login(poll.group.supervisor)

    answers = [choose(client, poll), choose(client, poll)]

    assert [response.url for response in answers] == [f"/datoer/{poll.pk}/"] * 2
    assert SupervisionDay.objects.get().title == "Håb"


def test_a_date_nobody_can_come_to_wants_a_tick(client, poll):
    client.force_login(poll.group.supervisor)

    response = choose(client, poll, 1)
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"is_meant"})
    assert not SupervisionDay.objects.exists()

    assert choose(client, poll, 1, is_meant="on").status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "010190-1234"}, {"option": "0"}, {"option": "x"}, {"title": "x" * 161}]
)
def test_what_is_wrong_makes_nothing(client, poll, wrong):
    client.force_login(poll.group.supervisor)

    assert choose(client, poll, **wrong).status_code == 200
    assert not SupervisionDay.objects.exists()


def test_a_poll_that_was_ended_says_so(client, poll):
    meetings.close_poll(poll=poll, by=None, now=timezone.now())
    client.force_login(poll.group.supervisor)

    assert choose(client, poll).url == f"/datoer/{poll.pk}/"
    assert not SupervisionDay.objects.exists()
