from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import TeachingDay, TeachingDayPage
from lms.meetings.methods.planning import is_day_off
from lms.meetings.models import Cohort, Meeting
from lms.meetings.queries import trainers_of
from lms.people.models import Role
from tests.courses.cohorts import make_course, typed, without_days
from tests.factories.meetings import InviteeFactory, MeetingFactory
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(client):
    story = make_course()
    story.address = f"/forloeb/{story.course.slug}/nyt-hold/"
    soon = (timezone.localdate() + timedelta(days=number) for number in range(30, 40))
    story.first = next(day for day in soon if not is_day_off(day))
    client.force_login(story.coordinator)
    return story


def post(client, story, step="create", **more):
    return client.post(story.address, typed(story.first, step=step, **more))


def test_the_providers_coordinators_alone_make_cohorts(client, story):
    provider = story.course.provider
    colleagues = [person_with(role, provider) for role in (Role.INSTRUCTOR, Role.SUPERVISOR, Role.EDITOR)]
    strangers = [person_with(Role.PROVIDER_COORDINATOR), person_with(Role.PROGRAMME_MANAGER)]
    assert client.get(story.address).status_code == 200

    for person in colleagues + strangers:
        client.force_login(person)
        assert (client.get(story.address).status_code, post(client, story).status_code) == (404, 404)
    client.logout()
    assert client.get(story.address).status_code == 302
    assert not Cohort.objects.exists()


def test_the_course_leads_its_coordinators_to_the_form_and_nobody_else(client, story):
    course = f"/forloeb/{story.course.slug}/"
    assert story.address in client.get(course).text

    for person in (story.trainer, person_with(Role.PROVIDER_COORDINATOR)):
        client.force_login(person)
        assert story.address not in client.get(course).text


def test_a_draft_course_gets_no_cohorts(client, story):
    story.page.unpublish()

    assert client.get(story.address).status_code == 404


def test_a_course_without_published_days_says_so_and_makes_nothing(client, story):
    TeachingDayPage.objects.update(live=False)

    assert (client.get(story.address).status_code, post(client, story).status_code) == (200, 200)
    assert not Cohort.objects.exists()


def test_proposing_shows_days_and_saves_nothing(client, story):
    values = without_days(typed(story.first, name="", step="propose"))

    response = client.post(story.address, values)

    form = response.context["form"]
    assert [len(row["fields"]) for row in form.rows()] == [3, 3, 3]
    assert (form.has_dates, dict(form.errors)) == (True, {})
    assert form["day_1"].value() == story.first.isoformat()
    assert form["place"].value() == "Vejle"
    assert not Cohort.objects.exists()


def test_half_a_rhythm_comes_back_with_all_that_was_typed(client, story):
    response = client.post(story.address, without_days(typed(story.first, weeks="", step="propose")))

    form = response.context["form"]
    assert (list(form.errors), form.has_dates, form["name"].value()) == (["weeks"], False, "Hold Syd")


def test_creating_leads_to_the_new_cohort(client, story):
    response = post(client, story, trainers=[str(story.trainer.pk)])

    cohort = Cohort.objects.get()
    assert response.url == f"/hold/{cohort.slug}/"
    assert client.get(response.url).status_code == 200
    days = TeachingDay.objects.filter(cohort=cohort).select_related("meeting")
    assert [(day.number, day.meeting.room) for day in days] == [(1, "Bøgen"), (2, "Bøgen"), (3, "Bøgen")]


def test_a_double_click_gives_one_cohort_and_a_word_about_it(client, story):
    post(client, story)

    response = post(client, story)

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["name"])
    assert (Cohort.objects.count(), Meeting.objects.count()) == (1, 3)


def test_the_later_of_two_at_once_is_told_too(client, story, monkeypatch):
    post(client, story)
    # The form looked before the other one was done.
    monkeypatch.setattr("courses.forms.NewCohortForm._check_name", lambda *_args: None)

    response = post(client, story, room="Egen")

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["name"])
    assert Cohort.objects.count() == 1


def taken(story, cohort=None, **more):
    starts_at = timezone.make_aware(timezone.datetime.combine(story.first, timezone.datetime.min.time()))
    starts_at += timedelta(hours=10)
    facts = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3), "place": "Vejle"} | more
    return MeetingFactory(**facts) if cohort is None else MeetingFactory(cohort=cohort, **facts)


def test_a_room_that_is_taken_is_shown_and_nothing_saved_until_the_tick(client, story):
    other = Cohort.objects.create(course=story.course, name="Hold Nord", slug="nord")
    meeting = taken(story, other, room="bøgen")

    response = post(client, story)

    (clash,) = response.context["clashes"]
    assert (clash.meeting, clash.takes_the_room) == (meeting, True)
    assert Cohort.objects.count() == 1
    assert post(client, story, anyway=response.context["seen"]).status_code == 302
    assert Cohort.objects.count() == 2


def test_a_trainer_who_is_busy_elsewhere_is_shown_without_what_it_is(client, story):
    meeting = taken(story, title="Hemmelig dag")
    InviteeFactory(meeting=meeting, person=story.trainer, role="trainer")

    response = post(client, story, trainers=[str(story.trainer.pk)])

    (clash,) = response.context["clashes"]
    assert (clash.people, clash.is_elsewhere) == ((story.trainer,), True)
    assert "Hemmelig dag" not in response.text


def test_the_tick_is_for_what_was_shown_and_not_for_a_clash_that_came_after(client, story):
    other = Cohort.objects.create(course=story.course, name="Hold Nord", slug="nord")
    taken(story, other, room="Bøgen")
    seen = post(client, story).context["seen"]
    taken(story, other, room="Bøgen")

    response = post(client, story, anyway=seen)

    assert (response.status_code, len(response.context["clashes"])) == (200, 2)
    assert Cohort.objects.count() == 1


def test_trainers_are_the_providers_own_of_today(story):
    person_with(Role.EDITOR, story.course.provider)
    person_with(Role.INSTRUCTOR)
    person_with(Role.INSTRUCTOR, story.course.provider, is_active=False)

    assert list(trainers_of(story.course.provider)) == [story.trainer, story.coordinator]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_form_asks_as_often_however_many_days_and_trainers(client, count, django_assert_num_queries):
    story = make_course(days=count)
    for _number in range(count):
        person_with(Role.INSTRUCTOR, story.course.provider)
    client.force_login(story.coordinator)
    address = f"/forloeb/{story.course.slug}/nyt-hold/"
    client.get(address)

    with django_assert_num_queries(QUERIES):
        response = client.get(address)

    assert len(response.context["form"].rows()) == count


QUERIES = 6
