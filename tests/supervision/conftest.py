"""The standing people of supervision: one group with everybody who might want to look into it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.meetings.models import Enrolment
from lms.people.models import Role
from tests.factories.meetings import GroupMembershipFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.factories.people import person_with
from tests.factories.supervision import TEXTS, day_from_now


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def day(now):
    """A day in two weeks, of a group with a supervisor."""
    return day_from_now(now, 14, number=2)


@pytest.fixture
def author(day):
    return member_of(day.group, name="Mette Lindholm")


@pytest.fixture
def insiders(day, author):
    """Who a group's cases are for."""
    return {"author": author, "group colleague": member_of(day.group), "supervisor": day.group.supervisor}


@pytest.fixture
def outsiders(day, author, now):
    """Everybody else, those who nearly belong first."""
    municipality = author.enrolments.get().municipality
    cohort, provider = day.group.cohort, day.group.cohort.course.provider
    other_group = SupervisionGroupFactory(cohort=cohort)
    return {
        "municipality colleague in another group": member_of(other_group, municipality),
        "cohort colleague without a group": kursist_in(cohort, municipality),
        "other cohort": member_of(SupervisionGroupFactory()),
        "supervisor of another group": other_group.supervisor,
        "former supervisor": _former_supervisor(),
        "left yesterday": member_until(day.group, now.date() - timedelta(days=1)),
        "starts tomorrow": member_from(day.group, now.date() + timedelta(days=1)),
        "withdrawn": withdrawn_member(day.group),
        "changed job": member_whose_job_ended(day.group, now.date() - timedelta(days=1)),
        "local manager": person_with(Role.LOCAL_MANAGER, municipality),
        **{role.value: person_with(role, provider) for role in PROVIDER},
        **{role.value: person_with(role) for role in ELSEWHERE},
    }


FORM = TEXTS | {
    "is_anonymous": "on",
    "key": "5f0c8a1e-1111-4d4f-9f51-1d2a7c1f0001",
    "version": "0",
    "intent": "save",
}
PROVIDER = (Role.INSTRUCTOR, Role.PROVIDER_COORDINATOR, Role.EDITOR)
ELSEWHERE = (
    Role.IPS_AMBASSADOR,
    Role.PSYCHIATRY_PARTNER,
    Role.PROGRAMME_MANAGER,
    Role.MODERATOR,
    Role.ADMINISTRATOR,
)


def member_until(group, end_date):
    person = kursist_in(group.cohort)
    GroupMembershipFactory(group=group, enrolment=person.enrolments.get(), end_date=end_date)
    return person


def member_from(group, start_date):
    person = kursist_in(group.cohort)
    GroupMembershipFactory(group=group, enrolment=person.enrolments.get(), start_date=start_date)
    return person


def withdrawn_member(group):
    person = member_of(group)
    person.enrolments.update(state=Enrolment.State.WITHDRAWN)
    return person


def member_whose_job_ended(group, end_date):
    person = member_of(group)
    person.memberships.update(end_date=end_date)
    return person


def _former_supervisor():
    """Still named on a group of their own, but no longer a supervisor at the provider."""
    group = SupervisionGroupFactory()
    group.supervisor.memberships.update(role=Role.EDITOR)
    return group.supervisor


@pytest.fixture
def form_data():
    """What the form of a case sends."""

    def build(**changes):
        return FORM | changes

    return build
