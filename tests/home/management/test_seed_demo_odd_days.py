"""The demo's data on odd days, and when something goes wrong on the way."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.models import CoursePage, TeachingDay
from lms.forum.models import Discussion
from lms.home.management.demo import community
from lms.meetings.methods.planning import is_day_off
from lms.meetings.models import Meeting
from lms.people.models import User
from supervision.models import Case, SupervisionDay

pytestmark = pytest.mark.django_db

DAYS = {
    "a Friday": "2026-11-20T10:00+01:00",
    "a Saturday": "2026-11-21T10:00+01:00",
    "New Year's Day": "2027-01-01T00:30+01:00",
    "a leap day": "2028-02-29T23:30+01:00",
    "a week before Christmas": "2026-12-18T10:00+01:00",
}
SATURDAY = 5


def seed():
    call_command("seed_demo", stdout=StringIO())


def held_and_coming(cohort: str, kind) -> tuple[int, int]:
    """How many different days of that kind lie behind and ahead."""
    meetings = Meeting.objects.filter(cohort__name=cohort, kind=kind)
    now = timezone.now()
    days = [{meeting.starts_at for meeting in meetings if (meeting.ends_at <= now) == held} for held in (True, False)]
    return len(days[0]), len(days[1])


@pytest.mark.parametrize("moment", DAYS.values(), ids=DAYS)
def test_the_story_is_the_same_on_any_day(moment, demo, tmp_path):
    demo.MEDIA_ROOT = tmp_path / "media"
    with time_machine.travel(moment):
        seed()
        assert_it_is_told_as_always()


def assert_it_is_told_as_always():
    teaching, supervision = Meeting.Kind.TEACHING, Meeting.Kind.SUPERVISION
    now = timezone.now()
    days = [timezone.localdate(start) for start in Meeting.objects.values_list("starts_at", flat=True)]
    fourth = TeachingDay.objects.get(cohort__name="Vest", number=4).meeting
    queue = SupervisionDay.objects.get(group__name="Øst 1", number=4)

    assert held_and_coming("Vest", teaching) == (3, 1)
    assert held_and_coming("Vest", supervision) == (0, 5)
    assert held_and_coming("Øst", teaching) == (4, 0)
    assert held_and_coming("Øst", supervision) == (3, 2)
    assert [day for day in days if day.weekday() >= SATURDAY or is_day_off(day)] == []
    assert 5 <= (timezone.localtime(fourth.starts_at).date() - timezone.localdate()).days <= 8
    assert queue.meeting.starts_at > now
    assert list(queue.cases.values_list("state", flat=True)) == [Case.State.BROUGHT] * 3
    assert Case.objects.filter(day__meeting__ends_at__lte=now).count() == 0
    assert Discussion.objects.filter(created_at__gt=now).count() == 0


def test_a_seed_that_fails_leaves_nothing_behind(monkeypatch, demo, tmp_path):
    demo.MEDIA_ROOT = tmp_path / "media"

    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(community, "create", fail)

    with pytest.raises(RuntimeError):
        seed()

    assert (User.objects.count(), Meeting.objects.count(), CoursePage.objects.count()) == (0, 0, 0)


def test_only_the_demo_is_filled():
    with pytest.raises(CommandError):
        seed()

    assert User.objects.count() == 0
