from datetime import UTC, datetime, timedelta

import pytest

from courses.actions import plan_teaching_days
from courses.models import TeachingDay, TeachingDayPage
from lms.meetings.models import Invitee, Meeting
from lms.people.models import AuditEntry, Role
from tests.factories.courses import course_page, day_page
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def slot(number, **facts):
    starts_at = NOW + timedelta(days=14 * number)
    return {
        "number": number,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=6),
        "place": "Vejle",
        **facts,
    }


@pytest.fixture
def page():
    parent = course_page()
    for number in (1, 2, 3):
        day_page(parent, number=number, title=f"Tema {number}")
    return parent


@pytest.fixture
def cohort(page):
    return CohortFactory(course=page.course)


@pytest.fixture
def coordinator(cohort):
    return person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)


def plan(cohort, page, by, *slots, **more):
    return plan_teaching_days(cohort=cohort, course_page=page, slots=list(slots), by=by, now=NOW, **more)


def test_each_slot_becomes_a_day_with_its_meeting(cohort, page, coordinator):
    days = plan(cohort, page, coordinator, slot(1), slot(3, room="Bøgen"))

    assert [(day.number, day.page.title, day.meeting.title, day.meeting.room) for day in days] == [
        (1, "Tema 1", "Dag 1: Tema 1", ""),
        (3, "Tema 3", "Dag 3: Tema 3", "Bøgen"),
    ]
    assert {day.meeting.kind for day in days} == {Meeting.Kind.TEACHING}


def test_kursister_and_trainers_are_invited(cohort, page, coordinator):
    kursist = kursist_in(cohort)
    trainer = person_with(Role.INSTRUCTOR, cohort.course.provider)

    (day,) = plan(cohort, page, coordinator, slot(1), trainers=[trainer])

    invited = {(invitee.person_id, invitee.role) for invitee in day.meeting.invitees.all()}
    assert invited == {(kursist.pk, Invitee.Role.KURSIST), (trainer.pk, Invitee.Role.TRAINER)}


def test_planning_twice_gives_the_same_day(cohort, page, coordinator):
    first = plan(cohort, page, coordinator, slot(1))

    again = plan(cohort, page, coordinator, slot(1, place="Odense"), slot(2))

    assert again[0] == first[0]
    assert [day.meeting.place for day in again] == ["Vejle", "Vejle"]
    assert Meeting.objects.count() == 2


def test_number_without_a_page_plans_nothing_at_all(cohort, page, coordinator):
    with pytest.raises(TeachingDayPage.DoesNotExist):
        plan(cohort, page, coordinator, slot(1), slot(9))

    assert not TeachingDay.objects.exists()
    assert not Meeting.objects.exists()


def test_planning_is_kept_in_the_audit_log(cohort, page, coordinator):
    (day,) = plan(cohort, page, coordinator, slot(1))

    entry = AuditEntry.objects.get(verb="plan_teaching_day")
    assert (entry.actor_id, entry.object_id, entry.moment) == (coordinator.pk, day.pk, NOW)


def test_a_long_title_of_a_page_still_fits_into_a_calendar(cohort, page, coordinator):
    TeachingDayPage.objects.filter(number=1).update(title="Relation " * 25)

    (day,) = plan(cohort, page, coordinator, slot(1))

    assert day.meeting.title == f"Dag 1: {'Relation ' * 25}"[:160].strip()
