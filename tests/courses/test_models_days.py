import pytest
from django.db import IntegrityError

from courses.models import Reflection, Trial
from lms.people.models import Role
from tests.factories.courses import (
    WRITTEN_AT,
    ReflectionFactory,
    TeachingDayFactory,
    TrialFactory,
)
from tests.factories.meetings import kursist_in
from tests.factories.people import UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory,model", [(ReflectionFactory, Reflection), (TrialFactory, Trial)])
def test_draft_is_seen_by_its_writer_alone(factory, model):
    own = factory()
    person = kursist_in(own.teaching_day.cohort)
    own.person = person
    own.save()
    instructor = person_with(Role.INSTRUCTOR, own.teaching_day.cohort.course.provider)

    assert list(model.objects.visible_to(person)) == [own]
    assert list(model.objects.visible_to(instructor)) == []


@pytest.mark.parametrize("factory,model", [(ReflectionFactory, Reflection), (TrialFactory, Trial)])
def test_handed_in_work_is_seen_by_the_cohorts_instructors_and_nobody_else(factory, model):
    own = factory(shared_at=WRITTEN_AT)
    cohort = own.teaching_day.cohort
    instructor = person_with(Role.INSTRUCTOR, cohort.course.provider)
    others = [
        kursist_in(cohort),
        person_with(Role.EDITOR, cohort.course.provider),
        person_with(Role.INSTRUCTOR),
        person_with(Role.PROGRAMME_MANAGER),
        person_with(Role.ADMINISTRATOR),
    ]

    assert list(model.objects.visible_to(instructor)) == [own]
    assert [model.objects.visible_to(person).count() for person in others] == [0, 0, 0, 0, 0]


def test_day_has_its_number_once_in_a_cohort():
    day = TeachingDayFactory()

    with pytest.raises(IntegrityError):
        TeachingDayFactory(cohort=day.cohort, page=day.page, number=day.number)


@pytest.mark.parametrize("factory", [ReflectionFactory, TrialFactory])
def test_person_writes_once_on_a_day(factory):
    person = UserFactory()
    own = factory(person=person)

    with pytest.raises(IntegrityError):
        factory(person=person, teaching_day=own.teaching_day)
