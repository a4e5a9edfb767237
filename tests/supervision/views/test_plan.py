"""A group's supervision days in one form: proposed, corrected, made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.meetings import actions
from lms.meetings.methods.planning import is_day_off
from lms.meetings.models import Meeting
from lms.people.models import Role
from supervision.models import SupervisionDay
from tests.factories.meetings import InviteeFactory, MeetingFactory, SupervisionGroupFactory, member_of
from tests.factories.people import person_with
from tests.meetings.lists import CPR

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return SupervisionGroupFactory(cohort__name="Hold Vest", cohort__slug="hold-vest")


@pytest.fixture
def member(group):
    return member_of(group)


@pytest.fixture
def coordinator(group):
    return person_with(Role.PROVIDER_COORDINATOR, group.cohort.course.provider)


@pytest.fixture
def url(group):
    return f"/supervision/gruppe/{group.pk}/dage/nye/"


@pytest.fixture
def first():
    today = timezone.localdate()
    return next(day for day in (today + timedelta(days=n) for n in range(30, 40)) if not is_day_off(day))


@pytest.fixture
def post(client, coordinator, url, first):
    client.force_login(coordinator)
    return lambda step="create", **fields: client.post(url, typed(first, step=step, **fields))


def typed(first, /, days=2, start=1, **more):
    values = {"count": str(days), "first": first.isoformat(), "starts": "09:00", "ends": "12:00", "weeks": "4"}
    for place in range(days):
        on = first + timedelta(weeks=4 * place)
        number = start + place
        values |= {f"day_{number}": on.isoformat(), f"starts_{number}": "09:00", f"ends_{number}": "12:00"}
    return values | {"place": "Odense", "last": str(start - 1)} | more


def planned(group):
    return list(group.days.order_by("number").values_list("number", "title", "meeting__title", "meeting__place"))


def test_supervisor_and_coordinators_plan_and_nobody_else(client, group, member, coordinator, url):
    provider = group.cohort.course.provider
    people = {
        "coordinator": coordinator,
        "supervisor": group.supervisor,
        "member": member,
        "colleague": person_with(Role.JOB_CONSULTANT, member.enrolments.get().municipality),
        "manager": person_with(Role.LOCAL_MANAGER, member.enrolments.get().municipality),
        "other supervisor": person_with(Role.SUPERVISOR, provider),
        "instructor": person_with(Role.INSTRUCTOR, provider),
        "stranger": person_with(Role.PROVIDER_COORDINATOR),
        "agency": person_with(Role.PROGRAMME_MANAGER),
    }

    answers = {}
    for name, person in people.items():
        client.force_login(person)
        answers.setdefault(client.get(url).status_code, set()).add(name)

    may = {"coordinator", "supervisor"}
    assert answers == {200: may, 404: people.keys() - may}


def test_it_asks_who_you_are(client, url):
    assert client.get(url)["Location"] == f"/konto/login/?next={url}"


def test_five_days_are_proposed_unless_another_number_is_typed(post, first):
    usual = post(step="propose", count="5").context["form"]
    fewer = post(step="propose", count="3").context["form"]

    assert (len(usual.rows()), len(fewer.rows())) == (5, 3)
    weeks = [first + timedelta(weeks=4 * place) for place in range(3)]
    if not any(is_day_off(day) for day in weeks):
        assert [row["fields"][0].value() for row in fewer.rows()] == [day.isoformat() for day in weeks]
    assert SupervisionDay.objects.count() == 0


def test_the_empty_form_asks_for_five(client, coordinator, url):
    client.force_login(coordinator)

    form = client.get(url).context["form"]

    assert (form["count"].value(), form.has_dates) == (5, False)


def test_all_days_are_made_at_once_and_stand_in_the_calendars(post, group, member):
    response = post(title_1="Når det går i stå")

    assert response["Location"] == "/hold/hold-vest/"
    assert planned(group) == [
        (1, "Når det går i stå", "Supervisionsdag 1: Når det går i stå", "Odense"),
        (2, "Supervisionsdag 2", "Supervisionsdag 2", "Odense"),
    ]
    for meeting in Meeting.objects.all():
        assert set(meeting.invitees.values_list("person", "role")) == {
            (member.pk, "kursist"),
            (group.supervisor_id, "trainer"),
        }


def test_numbers_go_on_after_the_last_day(post, group, first):
    post()

    response = post(days=1, start=3, day_3=(first + timedelta(days=3)).isoformat(), starts_3="09:00", ends_3="12:00")

    assert response.status_code == 302
    assert [number for number, *_ in planned(group)] == [1, 2, 3]


def test_a_double_click_plans_no_day_twice_and_says_that_there_are_days_now(post, group):
    post()

    response = post()

    assert (response["Location"], len(planned(group))) == ("/hold/hold-vest/", 2)


@pytest.mark.parametrize("last", ["", "7", "x", "\x00"])
def test_a_forged_mark_of_what_was_seen_plans_nothing(post, group, last):
    assert (post(last=last).status_code, planned(group)) == (302, [])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day_2": ""}, "day_2"),
        ({"day_1": "i morgen"}, "day_1"),
        ({"day_1": "2020-01-06"}, "day_1"),
        ({"ends_1": "08:00"}, "ends_1"),
        ({"starts_1": "25:00"}, "starts_1"),
        ({"title_1": f"Om {CPR}"}, "title_1"),
        ({"title_1": "x" * 121}, "title_1"),
        ({"count": "0"}, "count"),
        ({"count": "13"}, "count"),
        ({"count": "mange"}, "count"),
        ({"count": ""}, "count"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
        ({"place": "x" * 121}, "place"),
    ],
)
def test_bad_input_is_named_and_plans_nothing(post, group, fields, field):
    response = post(**fields)

    assert (response.status_code, field in response.context["form"].errors) == (200, True)
    assert planned(group) == []


@pytest.mark.parametrize("clock", [("2027-03-28", "02:30"), ("2027-10-31", "02:30")])
def test_an_hour_that_is_missing_or_doubled_is_refused(post, group, clock):
    response = post(day_1=clock[0], starts_1=clock[1], ends_1="05:00")

    assert ("starts_1" in response.context["form"].errors, planned(group)) == (True, [])


def test_two_of_the_days_at_the_same_time_are_refused(post, first, group):
    response = post(day_2=first.isoformat())

    assert ("day_2" in response.context["form"].errors, planned(group)) == (True, [])


def test_who_of_the_group_is_elsewhere_is_shown_and_nothing_made_before_the_tick(post, group, member, first):
    at = timezone.make_aware(timezone.datetime(first.year, first.month, first.day, 10))
    busy = MeetingFactory(starts_at=at, title="Hemmelig dag")
    InviteeFactory(meeting=busy, person=member), InviteeFactory(meeting=busy, person=group.supervisor, role="trainer")

    response = post()

    (clash,) = response.context["clashes"]
    assert (set(clash.people), planned(group)) == ({member, group.supervisor}, [])
    assert "Hemmelig dag" not in response.text
    assert post(anyway=response.context["seen"]).status_code == 302
    assert len(planned(group)) == 2


def test_a_cancelled_cohort_gets_no_new_days(client, post, group, coordinator, url):
    actions.cancel_cohort(cohort=group.cohort, by=coordinator, now=timezone.now(), reason="For få tilmeldte.")

    assert [client.get(url)["Location"], post()["Location"]] == ["/hold/hold-vest/"] * 2
    assert planned(group) == []


def test_nothing_of_the_page_is_kept_on_the_way(client, coordinator, url):
    client.force_login(coordinator)

    assert "no-store" in client.get(url)["Cache-Control"]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_form_asks_as_often_however_many_days(post, group, count, django_assert_num_queries):
    for _number in range(count):
        member_of(group)
    post(step="propose")

    with django_assert_num_queries(5):
        post(step="propose", count=str(count))


def test_the_cohort_leads_its_coordinator_here(client, group, coordinator, url):
    client.force_login(coordinator)

    assert url in client.get("/hold/hold-vest/").text
