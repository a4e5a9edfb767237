from datetime import timedelta

import pytest

from lms.meetings.models import Meeting
from lms.people.models import AuditEntry, Role
from supervision import actions
from supervision.models import SupervisionDay
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return SupervisionGroupFactory()


@pytest.fixture
def plan(group, now):
    coordinator = person_with(Role.PROVIDER_COORDINATOR, group.cohort.course.provider)

    def send(*slots):
        return actions.plan_supervision_days(group=group, slots=list(slots), by=coordinator, now=now)

    return send


def slot(now, number, **fields):
    starts_at = now + timedelta(days=30 * number)
    return {
        "number": number,
        "title": f"Tema {number}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=6),
        **fields,
    }


def test_plan_supervision_days_gives_each_its_meeting(plan, group, now):
    days = plan(slot(now, 1, place="Vejle", room="Bøgen"), slot(now, 2))

    assert [(day.number, day.title, day.group) for day in days] == [(1, "Tema 1", group), (2, "Tema 2", group)]
    meeting = days[0].meeting
    assert (meeting.kind, meeting.group, meeting.cohort) == (Meeting.Kind.SUPERVISION, group, group.cohort)
    assert (meeting.title, meeting.place, meeting.room) == ("Supervisionsdag 1: Tema 1", "Vejle", "Bøgen")


def test_plan_supervision_days_keeps_purpose_themes_and_what_to_bring(plan, now):
    [day] = plan(slot(now, 1, purpose="At lære formen", themes=["håb"], bring="en case"))

    assert (day.purpose, day.themes, day.bring) == ("At lære formen", ["håb"], "en case")


def test_plan_supervision_days_invites_members_and_supervisor(plan, group, now):
    member = member_of(group)

    [day] = plan(slot(now, 1))

    invited = day.meeting.invitees.values_list("person", "role")
    assert set(invited) == {(member.pk, "kursist"), (group.supervisor_id, "trainer")}


def test_plan_supervision_days_twice_plans_them_once(plan, now):
    first = plan(slot(now, 1))
    again = plan(slot(now, 1, title="Et andet tema"), slot(now, 2))

    assert (again[0], again[0].title) == (first[0], "Tema 1")
    assert (SupervisionDay.objects.count(), Meeting.objects.count()) == (2, 2)


def test_plan_supervision_days_is_in_the_trail(plan, now):
    [day] = plan(slot(now, 1))

    assert AuditEntry.objects.get(verb="plan_supervision_day").object_id == day.pk
