from datetime import UTC, datetime, timedelta

import pytest

from courses import queries
from lms.forum.models import Discussion, Tried
from lms.meetings.models import Meeting
from tests.factories.courses import TeachingDayFactory, TrialFactory, course_page, day_page, full_day_page
from tests.factories.meetings import (
    CohortFactory,
    MeetingFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def meeting(cohort, days, **fields):
    starts_at = NOW + timedelta(days=days)
    return MeetingFactory(cohort=cohort, starts_at=starts_at, ends_at=starts_at + timedelta(hours=6), **fields)


def day_at(cohort, parent, number, days, **fields):
    page = day_page(parent, number=number)
    return TeachingDayFactory(cohort=cohort, number=number, page=page, meeting=meeting(cohort, days, **fields))


@pytest.fixture
def parent():
    return course_page()


@pytest.fixture
def cohort(parent):
    return CohortFactory(course=parent.course)


def states(person):
    return [step["state"] for step in queries.loop_for(person, NOW)]


def test_before_the_first_day_one_is_at_the_teaching(cohort):
    meeting(cohort, 6)

    assert states(kursist_in(cohort)) == ["here", "next", "next", "next", "next"]


def test_chosen_trial_is_where_one_is_until_it_is_told_of(cohort, parent):
    person = kursist_in(cohort)
    trial = TrialFactory(teaching_day=day_at(cohort, parent, 1, -10), person=person)
    meeting(cohort, 6)
    assert states(person) == ["next", "here", "next", "next", "next"]

    trial.what_happened = "To sagde ja."
    trial.save()

    assert states(person) == ["here", "done", "next", "next", "next"]


def test_after_the_last_day_one_is_at_the_supervision(cohort):
    group = SupervisionGroupFactory(cohort=cohort)
    meeting(cohort, -3)
    meeting(cohort, 6, group=group, kind=Meeting.Kind.SUPERVISION)
    other = SupervisionGroupFactory(cohort=cohort)
    meeting(cohort, -6, group=other, kind=Meeting.Kind.SUPERVISION)

    assert states(member_of(group)) == ["done", "next", "here", "next", "next"]


def discussion(person, place, **fields):
    moment = {"created_at": NOW, "last_activity_at": NOW}
    return Discussion.objects.create(
        kind=Discussion.Kind.PRACTICE, title="Fast stol", author=person, organisation=place, **moment, **fields
    )


def test_shared_practice_and_another_place_that_tries_it_end_the_round(cohort):
    meeting(cohort, -3)
    group = SupervisionGroupFactory(cohort=cohort)
    meeting(cohort, -1, group=group, kind=Meeting.Kind.SUPERVISION)
    person = member_of(group)
    assert states(person) == ["done", "next", "done", "here", "next"]

    practice = discussion(person, MunicipalityFactory())
    assert states(person) == ["done", "next", "done", "done", "here"]

    Tried.objects.create(
        discussion=practice, person=UserFactory(), organisation=MunicipalityFactory(), outcome="kept", created_at=NOW
    )
    assert states(person) == ["done", "next", "done", "done", "done"]


def test_draft_practice_is_not_shared(cohort):
    person = kursist_in(cohort)
    discussion(person, MunicipalityFactory(), is_draft=True)

    assert queries.loop_for(person, NOW)[3]["state"] == "next"


def test_round_costs_four_queries(cohort, django_assert_num_queries):
    person = kursist_in(cohort)

    with django_assert_num_queries(4):
        queries.loop_for(person, NOW)


def test_content_holds_what_the_page_says(parent):
    content = queries.content_of(full_day_page(parent))

    assert (content.title, content.theme, content.aims) == ("Metoden", "Din rolle", ["Du kan forklare metoden"])
    assert [task["minutes"] for task in content.preparation] == [10, 15]
    assert content.minutes == 25
    assert "Job først" in content.body


def test_published_content_is_read_once_per_revision(parent, django_assert_num_queries):
    page = full_day_page(parent)
    queries.published_content(page)

    with django_assert_num_queries(0):
        queries.published_content(page)
