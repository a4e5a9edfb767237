import re
from datetime import UTC, datetime, timedelta

import pytest

from courses.actions import NameTaken, create_cohort
from courses.models import TeachingDayPage
from lms.meetings.models import Cohort, Invitee, Meeting
from lms.meetings.urls import urlpatterns as meetings_urls
from lms.people.models import AuditEntry
from tests.courses.cohorts import make_course
from tests.factories.meetings import CohortFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def story():
    return make_course()


def slot(number):
    starts_at = NOW + timedelta(days=14 * number)
    return {"number": number, "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=6), "place": "Vejle"}


def create(story, name="Hold Syd", numbers=(1, 2, 3), **more):
    slots = [slot(number) for number in numbers]
    asked = {"course_page": story.page, "capacity": 24, "slots": slots, "by": story.coordinator, "now": NOW}
    return create_cohort(name=name, **asked | more)


def test_a_cohort_comes_with_all_its_days_and_their_trainers(story):
    cohort = create(story, trainers=[story.trainer])

    assert (cohort.course, cohort.name, cohort.slug, cohort.capacity) == (story.course, "Hold Syd", "hold-syd", 24)
    assert [day.meeting.title for day in cohort.teaching_days.all()] == [f"Dag {n}: Tema {n}" for n in (1, 2, 3)]
    leading = Invitee.objects.filter(role=Invitee.Role.TRAINER, person=story.trainer)
    assert leading.filter(meeting__cohort=cohort).count() == 3


def test_one_day_that_cannot_be_planned_leaves_no_cohort_behind(story):
    with pytest.raises(TeachingDayPage.DoesNotExist):
        create(story, numbers=(1, 9))

    assert (Cohort.objects.count(), Meeting.objects.count()) == (0, 0)


def test_the_second_of_two_clicks_makes_no_second_cohort(story):
    create(story)

    with pytest.raises(NameTaken):
        create(story, name=" Hold\nSyd ")

    assert (Cohort.objects.count(), Meeting.objects.count()) == (1, 3)


def test_another_course_may_use_the_name_under_an_address_of_its_own(story):
    CohortFactory(name="Hold Syd", slug="hold-syd")
    CohortFactory(name="Hold Syd", slug="hold-syd-2")

    assert create(story).slug == "hold-syd-3"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Ærø Å 2027", "aeroe-aa-2027"), ("❤️", "hold"), ("x" * 80, "x" * 50), ("Syd/../<b>", "sydb")],
    ids=["danish", "emoji", "long", "hostile"],
)
def test_a_name_becomes_an_address(story, name, slug):
    Cohort.objects.all().delete()

    assert create(story, name=name, numbers=()).slug == slug


def test_a_long_name_that_is_taken_still_fits(story):
    CohortFactory(slug="x" * 50)

    assert create(story, name="x" * 80, numbers=()).slug == "x" * 48 + "-2"


def test_making_a_cohort_is_kept_in_the_audit_log(story):
    cohort = create(story)

    entry = AuditEntry.objects.get(verb="create_cohort")
    assert (entry.actor_id, entry.object_id, entry.moment) == (story.coordinator.pk, cohort.pk, NOW)


def test_no_cohort_gets_an_address_behind_which_another_page_stands(story):
    """Every fixed address under hold/, read from the patterns themselves."""
    patterns = [str(pattern.pattern) for pattern in meetings_urls]
    fixed = {found[1] for pattern in patterns if (found := re.fullmatch(r"hold/([a-z-]+)/", pattern))}

    slugs = {create(story, name=name.capitalize(), numbers=()).slug for name in fixed}

    assert "soeg" in fixed
    assert slugs & fixed == set()
