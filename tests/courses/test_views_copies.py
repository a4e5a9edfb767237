"""A cohort once more: its days moved, its places and rules kept, nothing of its people."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from courses.actions import create_cohort
from courses.models import TeachingDay
from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment, Invitee
from lms.people.models import Role
from tests.courses.cohorts import make_course
from tests.factories.courses import day_page
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
MONDAY = timezone.datetime(2026, 2, 2, 8)


@pytest.fixture
def story(client):
    story = make_course()
    story.address = f"/forloeb/{story.course.slug}/nyt-hold/"
    starts = [timezone.make_aware(MONDAY + timedelta(days=14 * number)) for number in range(3)]
    slots = [
        {"number": number, "starts_at": at, "ends_at": at + timedelta(hours=7), "place": "Vejle", "room": "Bøgen",
         "address": "", "online_link": "", "notes": "Tag sko med."}
        for number, at in enumerate(starts, start=1)
    ]  # fmt: skip
    slots[2] |= {"place": "Odense", "room": "Egen", "ends_at": slots[2]["ends_at"] - timedelta(hours=3)}
    about = {"course_page": story.page, "by": story.coordinator, "now": timezone.now(), "trainers": [story.trainer]}
    story.source = create_cohort(name="Vest", capacity=17, slots=slots, **about)
    Cohort.objects.update(needs_approval=True, offer_hours=24)
    kursist_in(story.source)
    client.force_login(story.coordinator)
    return story


@pytest.fixture
def monday():
    """A Monday some weeks ahead, on which and after which a fortnight each is no holiday by chance of today."""
    today = timezone.localdate()
    return today + timedelta(days=28 - today.weekday())


def shown_in(form) -> dict:
    """What a browser would send of the form as it is shown."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def propose(client, story, first, **more):
    form = client.get(f"{story.address}?fra=vest").context["form"]
    values = {name: value for name, value in shown_in(form).items() if not name[-1].isdecimal()}
    asked = {"fra": "vest", "step": "propose", "name": "Vest igen", "first": first.isoformat()}
    return client.post(story.address, values | asked | more)


def made_from(client, story, response, **more):
    """Create with what the proposal put into the form."""
    values = shown_in(response.context["form"])
    return client.post(story.address, values | {"fra": "vest", "step": "create"} | more)


def test_the_form_begins_with_what_the_other_has(client, story):
    form = client.get(f"{story.address}?fra=vest").context["form"]

    shown = {name: form[name].value() for name in ("capacity", "place", "room", "notes", "trainers")}
    assert shown == {
        "capacity": 17,
        "place": "Vejle",
        "room": "Bøgen",
        "notes": "Tag sko med.",
        "trainers": [str(story.trainer.pk)],
    }
    assert [field.name for field in form.rhythm()] == ["first"]


def test_all_days_move_by_as_many_days_as_the_first_and_keep_their_hours(client, story, monday):
    form = propose(client, story, monday).context["form"]

    rows = [[field.value() for field in row["fields"]] for row in form.rows()]
    assert rows == [
        [(monday + timedelta(days=14 * number)).isoformat(), "08:00", "12:00" if number == 2 else "15:00"]
        for number in range(3)
    ]
    assert Cohort.objects.count() == 1


def test_hours_are_those_of_the_clock_on_both_sides_of_a_clock_change(client, story):
    summer = timezone.datetime(timezone.localdate().year + 1, 6, 7).date()

    form = propose(client, story, summer).context["form"]

    assert [row["fields"][1].value() for row in form.rows()] == ["08:00"] * 3


def test_days_that_fall_on_a_day_off_are_named(client, story):
    year = timezone.localdate().year + 1
    christmas = timezone.datetime(year, 12, 25).date() - timedelta(days=28)

    response = propose(client, story, christmas)
    saturday = propose(client, story, christmas + timedelta(days=(5 - christmas.weekday()) % 7))

    assert response.context["passed_over"][-1][0] == timezone.datetime(year, 12, 25).date()
    assert len(saturday.context["passed_over"]) == 3


def test_the_copy_has_the_days_the_places_and_the_rules_and_nobody_but_the_trainers(client, story, monday):
    response = made_from(client, story, propose(client, story, monday))

    copy = Cohort.objects.get(name="Vest igen")
    assert response["Location"] == f"/hold/{copy.slug}/"
    assert (copy.capacity, copy.needs_approval, copy.offer_hours, copy.state) == (17, True, 24, "open")
    days = TeachingDay.objects.filter(cohort=copy).order_by("number").select_related("meeting")
    assert [(day.meeting.place, day.meeting.room, day.meeting.notes) for day in days] == [
        ("Vejle", "Bøgen", "Tag sko med."),
        ("Vejle", "Bøgen", "Tag sko med."),
        ("Odense", "Egen", "Tag sko med."),
    ]
    assert [localtime(day.meeting.starts_at).date() for day in days] == [
        monday + timedelta(days=14 * number) for number in range(3)
    ]
    assert Enrolment.objects.filter(cohort=copy).count() == 0
    assert set(Invitee.objects.filter(meeting__cohort=copy).values_list("person", flat=True)) == {story.trainer.pk}


def test_a_new_place_is_for_the_days_that_had_the_common_one(client, story, monday):
    made_from(client, story, propose(client, story, monday), place="Aarhus", room="Birken")

    days = TeachingDay.objects.filter(cohort__name="Vest igen").order_by("number")
    assert list(days.values_list("meeting__place", "meeting__room")) == [
        ("Aarhus", "Birken"),
        ("Aarhus", "Birken"),
        ("Odense", "Egen"),
    ]


def test_the_page_says_which_day_is_held_elsewhere(client, story, monday):
    rows = propose(client, story, monday).context["form"].rows()

    assert [row["elsewhere"] for row in rows] == ["", "", "Odense, Egen"]


def test_a_double_click_makes_one_copy(client, story, monday):
    proposed = propose(client, story, monday)
    made_from(client, story, proposed)

    response = made_from(client, story, proposed)

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["name"])
    assert Cohort.objects.count() == 2


def test_a_first_day_that_is_past_is_refused(client, story):
    response = propose(client, story, timezone.localdate() - timedelta(days=1))

    assert (list(response.context["form"].errors), response.context["form"].has_dates) == (["first"], False)


def test_a_cancelled_cohort_can_be_copied_all_the_same(client, story, monday):
    actions.cancel_cohort(cohort=story.source, by=None, now=timezone.now(), reason="For få tilmeldte.")

    assert made_from(client, story, propose(client, story, monday)).status_code == 302


def test_a_day_the_course_has_got_since_is_asked_for(client, story, monday):
    day_page(story.page, number=4, title="Tema 4")

    response = made_from(client, story, propose(client, story, monday))

    assert [name for name in response.context["form"].errors if name.startswith("day")] == ["day_4"]
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize("source", ["findes-ikke", "\x00", "vest' or 1=1", "x" * 300])
def test_what_is_not_there_cannot_be_copied(client, story, source):
    assert client.get(story.address, {"fra": source}).status_code == 404


def test_a_cohort_of_another_course_cannot_be_copied_into_this_one(client, story):
    foreign = CohortFactory(slug="fremmed")
    own = CohortFactory(slug="egen", course__provider=story.course.provider)

    for cohort in (foreign, own):
        assert client.get(story.address, {"fra": cohort.slug}).status_code == 404


def test_only_the_providers_coordinators_copy(client, story):
    for person in (story.trainer, person_with(Role.PROVIDER_COORDINATOR), person_with(Role.PROGRAMME_MANAGER)):
        client.force_login(person)
        assert client.get(f"{story.address}?fra=vest").status_code == 404


def test_the_cohort_leads_its_coordinator_here(client, story):
    assert f"{story.address}?fra=vest" in client.get("/hold/vest/").text
