from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from courses import rules
from lms.people.models import Role
from tests.factories.courses import TeachingDayFactory, course_page, document_of, editor_of, full_day_page, image_of
from tests.factories.meetings import CohortFactory, EnrolmentFactory, kursist_in
from tests.factories.people import MembershipFactory, ProviderFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
WRITERS = {Role.EDITOR, Role.PROVIDER_COORDINATOR, Role.INSTRUCTOR}


@pytest.mark.parametrize("role", list(Role))
def test_whole_admin_is_for_the_agency_and_administrators(role):
    assert rules.can_see_whole_admin(person_with(role)) is (role in {Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})


@pytest.mark.parametrize("role", sorted(WRITERS))
def test_a_writer_is_in_the_group_of_the_own_provider(role):
    provider = ProviderFactory()

    assert rules.groups_of(person_with(role, provider)) == [f"fodfaeste: provider {provider.pk}"]


@pytest.mark.parametrize(
    "role,groups",
    [
        (Role.PROGRAMME_MANAGER, ["fodfaeste: agency"]),
        (Role.ADMINISTRATOR, ["fodfaeste: administrators"]),
        *((role, []) for role in Role if role not in {*WRITERS, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}),
    ],
)
def test_other_roles_are_in_the_groups_of_their_work(role, groups):
    assert rules.groups_of(person_with(role)) == groups


def test_a_writer_for_two_providers_is_in_both_groups():
    person = person_with(Role.EDITOR)
    MembershipFactory(person=person, organisation=ProviderFactory(), role=Role.INSTRUCTOR)

    assert len(rules.groups_of(person)) == 2


@pytest.mark.parametrize(
    "dates", [{"end_date": date(2020, 2, 1)}, {"start_date": date(2200, 1, 1), "end_date": date(2200, 2, 1)}]
)
def test_a_membership_of_another_time_gives_no_group(dates):
    person = UserFactory()
    MembershipFactory(person=person, organisation=ProviderFactory(), role=Role.EDITOR, **dates)

    assert rules.groups_of(person) == []


def test_nobody_signed_in_is_in_no_group():
    assert rules.groups_of(AnonymousUser()) == []


@pytest.mark.parametrize("state", ["applied", "waiting", "offered", "withdrawn", "refused"])
def test_own_work_needs_a_seat(state):
    day = TeachingDayFactory()
    person = UserFactory()
    EnrolmentFactory(cohort=day.cohort, person=person, state=state)

    assert rules.can_write_own_work(person, day) is False


def test_own_work_is_written_in_the_own_cohort():
    day = TeachingDayFactory()

    assert rules.can_write_own_work(kursist_in(day.cohort), day) is True
    assert rules.can_write_own_work(kursist_in(CohortFactory()), day) is False


def test_files_are_chosen_from_the_own_collection():
    own, other = course_page().course, course_page().course
    document, image = document_of(own.provider), image_of(own.provider)
    document_of(other.provider)
    image_of(other.provider)
    editor = editor_of(own)

    assert list(rules.choosable_documents(editor)) == [document]
    assert list(rules.choosable_images(editor)) == [image]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.JOB_CONSULTANT, Role.LOCAL_MANAGER, Role.MODERATOR])
def test_people_who_do_not_write_pages_choose_no_files(role):
    course = course_page().course
    document_of(course.provider)
    organisation = course.provider if role == Role.SUPERVISOR else None

    assert list(rules.choosable_documents(person_with(role, organisation))) == []


@pytest.mark.parametrize("role", sorted(WRITERS))
def test_unplanned_day_is_read_by_its_writers_and_not_by_the_others(role):
    page = full_day_page()
    provider = page.get_parent().specific.course.provider

    assert rules.can_read_unplanned(person_with(role, provider), page) is True
    assert rules.can_read_unplanned(person_with(role), page) is False
