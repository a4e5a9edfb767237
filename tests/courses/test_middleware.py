import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from lms.people.forms import CPR_MESSAGE
from lms.people.models import Role
from tests.factories.courses import course_page, document_of, editor_of, full_day_page, image_of
from tests.factories.people import UserFactory, person_with

pytestmark = pytest.mark.django_db
CPR = "010180-1234"


@pytest.fixture
def page():
    return full_day_page()


@pytest.fixture
def course(page):
    return page.get_parent().specific.course


def test_pages_outside_the_admin_are_left_alone(client, django_assert_num_queries):
    page = course_page()

    with django_assert_num_queries(2):
        client.get(reverse("courses:course", args=[page.course.slug]))


@pytest.mark.parametrize("name", ["wagtailadmin_sprite", "wagtailadmin_javascript_catalog"])
def test_what_tells_nothing_needs_no_sign_in(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_wagtails_account_page_leads_to_our_own(client, course):
    client.force_login(editor_of(course))

    assert client.get(reverse("wagtailadmin_account"))["Location"] == reverse("people:account")


def test_person_without_any_membership_does_not_find_the_admin(client, course):
    client.force_login(UserFactory())

    assert client.get("/admin/").status_code == 404


def test_inactive_editor_is_signed_out(client, course):
    editor = editor_of(course)
    client.force_login(editor)
    editor.is_active = False
    editor.save()

    assert client.get("/admin/")["Location"].startswith(reverse("account_login"))


def test_superuser_without_a_membership_sees_the_whole_admin(client, page):
    client.force_login(UserFactory(is_superuser=True))

    assert client.get(reverse("wagtailadmin_reports:page_types_usage")).status_code == 200


@pytest.mark.parametrize(
    "page_type", ["courses.CoursePage", "courses.TeachingDayPage", "wagtailcore.page,courses.CoursePage"]
)
def test_chooser_does_not_start_at_the_common_ancestor_of_a_type(client, course, page_type):
    client.force_login(editor_of(course))

    assert client.get(reverse("wagtailadmin_choose_page"), {"page_type": page_type}).status_code == 404


@pytest.mark.parametrize("made_up", ["0", "999999", "x", "-1", "1%00"])
def test_made_up_number_of_a_file_is_not_found(client, course, made_up):
    client.force_login(editor_of(course))

    assert client.get(f"/admin/documents/chooser/chosen/{made_up}/").status_code == 404
    assert client.get(f"/admin/images/chooser/chosen/{made_up}/").status_code == 404


def test_another_providers_file_is_not_found_by_its_number(client, course):
    other = course_page().course.provider
    document, image = document_of(other), image_of(other)
    client.force_login(editor_of(course))

    addresses = [
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages:preview", args=[image.pk, "width-1"]),
        reverse("wagtailimages_chooser:chosen", args=[image.pk]),
        reverse("wagtailimages_chooser:select_format", args=[image.pk]),
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 6


def test_own_file_is_found_by_its_number(client, course):
    document, image = document_of(course.provider), image_of(course.provider)
    client.force_login(editor_of(course))

    addresses = [
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages_chooser:chosen", args=[image.pk]),
    ]

    assert [client.get(address).status_code for address in addresses] == [200] * 4


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR])
def test_cpr_number_in_any_form_of_wagtails_own_is_refused_with_our_words(client, course, role):
    client.force_login(person_with(role))

    response = client.post(reverse("wagtailsnippets_programme_theme:add"), {"name": CPR, "slug": "x"})

    assert response["Location"] == reverse("wagtailadmin_home")
    assert [str(message) for message in get_messages(response.wsgi_request)] == [str(CPR_MESSAGE)]


def test_right_taken_away_between_two_clicks_bites_at_the_second(client, page, course):
    editor = editor_of(course)
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(address).status_code == 200

    editor.memberships.update(role=Role.SUPERVISOR)

    assert client.get(address).status_code == 404
    assert client.post(address, {"title": "Overtaget"}).status_code == 404
