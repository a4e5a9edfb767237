from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from lms.meetings.models import DatePoll, DatePollAnswer
from lms.notifications.models import Notice
from tests.factories.meetings import GroupMembershipFactory, SupervisionGroupFactory, member_of
from tests.meetings.days import NOW
from tests.meetings.polls import CLOSES, answer, ask
from tests.meetings.views.test_cohorts import EVERYBODY

pytestmark = pytest.mark.django_db
RUNNERS = {"coordinator", "supervisor"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def group(standing):
    """The owner's group, led by the standing supervisor."""
    group = SupervisionGroupFactory(cohort=standing.cohort, supervisor=standing.supervisor, name="Gruppe Et")
    GroupMembershipFactory(group=group, enrolment=standing.owner.enrolments.get())
    return group


@pytest.fixture
def poll(group):
    return ask(group)


def typed(**other):
    day = NOW + timedelta(days=10)
    rows = {"day_1": f"{day:%Y-%m-%d}", "starts_1": "09:00", "ends_1": "15:00"}
    rows |= {"day_2": f"{day + timedelta(days=1):%Y-%m-%d}", "starts_2": "09:00", "ends_2": "15:00"}
    return {"title": "Næste gang", "closes": f"{NOW + timedelta(days=5):%Y-%m-%d}", **rows, **other}


def given(poll, *answers):
    return {f"option-{option.pk}": word for option, word in zip(poll.options.all(), answers, strict=True)}


def test_a_poll_opens_for_members_and_those_who_set_the_dates(poll, status):
    inside = RUNNERS | {"owner"}

    assert status(f"/datoer/{poll.pk}/") == {200: inside, 404: EVERYBODY - inside}
    assert status(f"/gruppe/{poll.group_id}/datoer/") == {200: inside, 404: EVERYBODY - inside}


def test_asking_nudging_and_closing_is_for_those_who_set_the_dates(poll, status):
    assert status(f"/gruppe/{poll.group_id}/datoer/ny/") == {200: RUNNERS, 404: EVERYBODY - RUNNERS}
    assert status(f"/datoer/{poll.pk}/ryk/", "post") == {302: RUNNERS, 404: EVERYBODY - RUNNERS}
    assert status(f"/datoer/{poll.pk}/luk/", "post") == {302: RUNNERS, 404: EVERYBODY - RUNNERS}


def test_another_group_of_the_same_cohort_sees_nothing(standing, poll, client):
    client.force_login(member_of(SupervisionGroupFactory(cohort=standing.cohort)))

    assert client.get(f"/datoer/{poll.pk}/").status_code == 404


def test_a_supervisor_asks_and_the_members_are_told(standing, group, client):
    client.force_login(standing.supervisor)

    response = client.post(reverse("meetings:ask_dates", args=[group.pk]), typed())

    poll = DatePoll.objects.get()
    assert response.url == f"/datoer/{poll.pk}/"
    assert (poll.title, poll.options.count(), poll.asked_by) == ("Næste gang", 2, standing.supervisor)
    assert f"{poll.closes_at:%d %H:%M}" == "07 22:59"
    assert list(Notice.objects.values_list("recipient", "occasion")) == [(standing.owner.pk, "meetings.poll_asked")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "010190-1234"}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"closes": "2026-10-01"}, "closes"),
        ({"closes": "2026-11-12"}, "closes"),
        ({"closes": "i morgen"}, "closes"),
        ({"day_2": ""}, "day_1"),
        ({"day_2": "2026-11-12"}, "day_1"),
        ({"day_1": "2026-10-25"}, "day_1"),
        ({"day_1": "32-13-2026"}, "day_1"),
        ({"ends_1": "08:00"}, "ends_1"),
        ({"ends_1": ""}, "ends_1"),
        ({"starts_1": "25:00"}, "starts_1"),
        ({"day_1": "2027-03-28", "starts_1": "02:30"}, "starts_1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(standing, group, client, wrong, field):
    client.force_login(standing.supervisor)

    response = client.post(reverse("meetings:ask_dates", args=[group.pk]), typed(**wrong))

    assert (response.status_code, DatePoll.objects.count()) == (200, 0)
    assert set(response.context["form"].errors) == {field}
    assert 'value="15:00"' in response.text


def test_a_member_answers_and_changes_the_answer(standing, poll, client):
    client.force_login(standing.owner)

    for words in (("yes", "no"), ("if_need_be", "no")):
        response = client.post(f"/datoer/{poll.pk}/", given(poll, *words), follow=True)

    assert response.status_code == 200
    rows = DatePollAnswer.objects.order_by("option__starts_at")
    assert list(rows.values_list("answer", flat=True)) == ["if_need_be", "no"]


@pytest.mark.parametrize("word", ["", "maybe", "\x00", "x" * 600])
def test_a_missing_or_odd_answer_keeps_the_others_ticked(standing, poll, client, word):
    client.force_login(standing.owner)

    response = client.post(f"/datoer/{poll.pk}/", given(poll, "yes", word))

    assert (response.status_code, DatePollAnswer.objects.count()) == (200, 0)
    assert response.text.count(" checked") == 1


def test_an_answer_after_the_closing_date_is_refused_in_words(standing, poll, client):
    client.force_login(standing.owner)

    with time_machine.travel(CLOSES, tick=False):
        response = client.post(f"/datoer/{poll.pk}/", given(poll, "yes", "yes"), follow=True)

    assert DatePollAnswer.objects.count() == 0
    assert [str(message) for message in response.context["messages"]] != []


def test_one_who_is_no_member_cannot_answer(standing, poll, client):
    client.force_login(standing.coordinator)

    client.post(f"/datoer/{poll.pk}/", given(poll, "yes", "yes"))

    assert DatePollAnswer.objects.count() == 0


def test_nudging_a_closed_poll_says_so(standing, poll, client):
    client.force_login(standing.supervisor)
    client.post(f"/datoer/{poll.pk}/luk/")

    response = client.post(f"/datoer/{poll.pk}/ryk/", follow=True)

    assert response.status_code == 200
    assert not Notice.objects.filter(occasion="meetings.poll_nudged").exists()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_as_often_however_many_answer(standing, group, client, count, django_assert_num_queries):
    for _number in range(count):
        member_of(group)
    poll = ask(group, options=5)
    answer(poll, standing.owner, *["yes"] * 5)
    client.force_login(standing.owner)
    client.get(f"/datoer/{poll.pk}/")

    with django_assert_num_queries(QUERIES_OF_POLL):
        client.get(f"/datoer/{poll.pk}/")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_asks_as_often_however_many_polls_there_are(standing, group, client, count, django_assert_num_queries):
    for number in range(count):
        ask(group, title=f"Nr. {number}")
    client.force_login(standing.supervisor)
    client.get(f"/gruppe/{group.pk}/datoer/")

    with django_assert_num_queries(QUERIES_OF_LIST):
        response = client.get(f"/gruppe/{group.pk}/datoer/")

    assert len(response.context["lines"]) == count


QUERIES_OF_POLL, QUERIES_OF_LIST = 8, 9
