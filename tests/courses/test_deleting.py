"""What a cohort or a page rests on is not deleted under it, and nobody meets an error page for trying."""

import pytest
from django.urls import reverse
from wagtail.documents import get_document_model

from courses.models import TeachingDayPage
from lms.people.models import Role
from tests.factories.courses import TeachingDayFactory, course_page, document_of, editor_of, full_day_page, material_on
from tests.factories.meetings import CohortFactory
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def test_file_of_a_material_stays(client):
    page = full_day_page()
    course = page.get_parent().specific.course
    document = material_on(page, document_of(course.provider)).document
    client.force_login(editor_of(course))

    response = client.post(reverse("wagtaildocs:delete", args=[document.pk]))

    assert response.status_code < 500
    assert get_document_model().objects.filter(pk=document.pk).exists()


@pytest.mark.parametrize("live", [True, False])
def test_day_a_cohort_has_planned_stays(client, live):
    parent = course_page()
    day = TeachingDayFactory(cohort=CohortFactory(course=parent.course), page=full_day_page(parent, live=live))

    for person in (editor_of(parent.course), person_with(Role.PROGRAMME_MANAGER), person_with(Role.ADMINISTRATOR)):
        client.force_login(person)
        assert delete(client, day.page).status_code < 500

    assert TeachingDayPage.objects.filter(pk=day.page.pk).exists()


def test_course_with_planned_days_stays(client):
    day = TeachingDayFactory()
    client.force_login(person_with(Role.ADMINISTRATOR))

    assert delete(client, day.page.get_parent()).status_code < 500

    assert TeachingDayPage.objects.filter(pk=day.page.pk).exists()


def test_draft_no_cohort_has_planned_is_deleted_by_its_editor(client):
    page = full_day_page(live=False)
    client.force_login(editor_of(page.get_parent().specific.course))

    delete(client, page)

    assert not TeachingDayPage.objects.filter(pk=page.pk).exists()
