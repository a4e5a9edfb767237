import pytest
from django.urls import reverse
from wagtail.admin.forms.collections import CollectionViewRestrictionForm
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.models import Page

from courses.models import LibraryPage
from lms.people.models import Role
from tests.factories.courses import (
    TeachingDayFactory,
    course_page,
    day_page,
    document_of,
    editor_of,
    full_day_page,
    material_on,
)
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with
from tests.factories.programme import CourseFactory

pytestmark = pytest.mark.django_db


def in_tree(page):
    return f"/sider/{page.get_parent().slug}/{page.slug}/"


def test_course_in_wagtails_tree_leads_to_the_public_description(client):
    page = course_page()

    assert client.get(f"/sider/{page.slug}/")["Location"] == reverse("courses:course", args=[page.course.slug])


def test_day_in_wagtails_tree_leads_a_kursist_to_the_own_day(client):
    day = TeachingDayFactory()
    TeachingDayFactory(cohort=CohortFactory(course=day.cohort.course), page=day.page)
    client.force_login(kursist_in(day.cohort))

    assert client.get(in_tree(day.page))["Location"] == day.get_absolute_url()


def test_day_in_wagtails_tree_is_not_found_by_strangers_and_asks_others_to_sign_in(client):
    day = TeachingDayFactory()

    assert client.get(in_tree(day.page))["Location"].startswith(reverse("account_login"))
    for role in (Role.JOB_CONSULTANT, Role.EDITOR):
        client.force_login(person_with(role))
        assert client.get(in_tree(day.page)).status_code == 404


def test_editor_reads_a_day_no_cohort_has_yet(client):
    page = full_day_page()
    client.force_login(editor_of(page.get_parent().specific.course))

    assert "Velkomst" in client.get(in_tree(page)).text


def test_library_in_wagtails_tree_leads_to_the_library(client):
    parent = course_page()
    page = LibraryPage(title="Bibliotek", slug="bibliotek")
    parent.add_child(instance=page)
    client.force_login(editor_of(parent.course))

    assert client.get(in_tree(page))["Location"] == reverse("courses:library")


def test_page_of_no_kind_of_ours_is_not_found(client):
    client.force_login(person_with(Role.JOB_CONSULTANT))

    assert client.get("/sider/").status_code == 404


@pytest.mark.parametrize("live", [True, False])
def test_preview_shows_the_day_as_a_kursist_sees_it(client, live):
    page = full_day_page(live=live)
    course = page.get_parent().specific.course
    if live:
        material_on(page, document_of(course.provider))
    client.force_login(editor_of(course))

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert response.status_code == 200
    assert [text for text in ("Metoden", "Velkomst", "Læs to sider", "Job først") if text not in response.text] == []
    assert ("Ugekortet" in response.text) is live
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_preview_of_a_course_shows_its_description(client):
    page = course_page()
    day_page(page)
    client.force_login(editor_of(page.course))

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "Fire dage og fem." in response.text


def test_new_course_gets_its_rights_when_an_administrator_makes_it(client):
    course = CourseFactory()
    client.force_login(person_with(Role.ADMINISTRATOR))
    root = course_page().get_parent()

    client.post(
        reverse("wagtailadmin_pages:add", args=["courses", "coursepage", root.pk]),
        {
            "title": "Nyt",
            "slug": "nyt",
            "course": course.pk,
            "introduction": "Kort",
            "body": '{"entityMap":{},"blocks":[]}',
        },
    )

    client.force_login(editor_of(course))
    assert "Nyt" in client.get("/admin/").text


def test_submitting_comes_first_for_those_who_cannot_publish(client):
    page = full_day_page()
    course = page.get_parent().specific.course
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    client.force_login(editor_of(course))
    editors = actions_in(client.get(address))
    client.force_login(person_with(Role.PROGRAMME_MANAGER))
    agencys = actions_in(client.get(address))

    assert editors[0] == "action-submit"
    assert "action-publish" not in editors
    assert "action-publish" in agencys


def actions_in(response):
    menu = response.context["action_menu"]
    return [item.name for item in [menu.default_item, *menu.menu_items]]


def test_no_page_and_no_collection_can_be_shared_by_a_password():
    """Wagtail would keep it as it was typed."""
    page = PageViewRestrictionForm(private_page_options=Page.private_page_options)
    forms = {"page": page, "collection": CollectionViewRestrictionForm()}

    offered = {
        name: [value for value, _label in form.fields["restriction_type"].choices] for name, form in forms.items()
    }

    assert offered == {"page": ["none", "login", "groups"], "collection": ["none", "login", "groups"]}
    assert not any("password" in form.fields for form in forms.values())
