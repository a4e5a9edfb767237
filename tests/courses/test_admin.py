"""The editors' admin, as a provider's editor meets it: own tree, and no word of anybody else's."""

import os

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import Page

from courses.actions import sync_groups
from courses.middleware import PROVIDER_VIEWS
from lms.people.models import Role
from tests.factories.courses import (
    collection_of,
    course_page,
    document_of,
    editor_of,
    full_day_page,
    image_of,
    material_on,
)
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
SECRET = "Zebrahemmelighed"
ADMIN = "/admin/"


@pytest.fixture
def own():
    parent = course_page(title="Eget forløb")
    page = full_day_page(parent, title="Egen dag")
    document = document_of(parent.course.provider, title="Egen fil")
    material_on(page, document)
    return {
        "course": parent,
        "page": page,
        "document": document,
        "image": image_of(parent.course.provider, title="Eget billede"),
    }


@pytest.fixture
def foreign():
    """Another provider's course, all of it a draft, each title with the same telling word in it."""
    parent = course_page(title=f"{SECRET} kursus", live=False)
    provider = parent.course.provider
    provider.name = f"{SECRET} firma"
    provider.save()
    page = full_day_page(parent, title=f"{SECRET} dag", live=False)
    collection = collection_of(provider)
    collection.name = f"{SECRET} samling"
    collection.save()
    document = document_of(provider, title=f"{SECRET} fil", name="zebrahemmelighed.pdf")
    image = image_of(provider, title=f"{SECRET} billede", name="zebrahemmelighed.png")
    return {"course": parent, "page": page, "document": document, "image": image}


@pytest.fixture
def editor(client, own):
    person = editor_of(own["course"].course)
    client.force_login(person)
    return person


def admin_patterns(resolver=None, prefix="", namespace=""):
    """Every named pattern of the admin, with its namespace and arguments' names."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            space = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from admin_patterns(pattern, route, space)
        elif route.startswith("admin/") and pattern.name:
            yield f"{namespace}{pattern.name}", list(pattern.pattern.converters), pattern.pattern.regex.groups


def addresses(things):
    """Each address of the admin, filled with the ids of ``things``."""
    page, document, image = (things[name].pk for name in ("page", "document", "image"))
    values = {
        "page_id": page, "parent_page_id": things["course"].pk, "page_to_move_id": page, "destination_id": 1, "page_pk": page,
        "document_id": document, "doc_id": document, "image_id": image, "collection_id": things["document"].collection_id,
        "object_id": page, "app_label": "courses", "app_name": "courses", "model_name": "teachingdaypage",
        "content_type_app_name": "courses", "content_type_model_name": "teachingdaypage", "action": "delete",
        "action_name": "approve", "filter_spec": "max-165x165", "name": "x", "uidb64": "x", "token": "x",
    }  # fmt: skip
    for name, arguments, groups in sorted(admin_patterns()):
        pk = document if "doc" in name else image if "image" in name else page
        filled = {argument: values.get(argument, pk if argument == "pk" else 1) for argument in arguments}
        positional = [page, "earliest", "latest"] if groups and not arguments else []
        try:
            yield name, reverse(name, args=positional or None, kwargs=filled or None)
        except NoReverseMatch:
            continue


QUERIES = ("", f"?q={SECRET}", "?page_type=courses.TeachingDayPage", "?page_type=courses.CoursePage", "?export=csv")


# All of them work on the same tree; in full each is asked everything, otherwise each a part of it.
PROVIDERS_OWN = (Role.EDITOR, Role.PROVIDER_COORDINATOR, Role.INSTRUCTOR, Role.SUPERVISOR)
FULL = os.environ.get("FODFAESTE_DRILL") == "full"


def asked_as(role, own, foreign):
    """The addresses with own and with foreign numbers, each with the questions that could bring a title back."""
    places = [*addresses(own), *addresses(foreign)]
    ids = (f"?id={foreign['page'].pk}", f"?id={foreign['document'].pk}&id={foreign['image'].pk}")
    cells = [(name, address + query) for name, address in places for query in (*QUERIES, *ids)]
    return cells if FULL else cells[PROVIDERS_OWN.index(role) :: len(PROVIDERS_OWN)]


@pytest.mark.drill
@pytest.mark.parametrize("role", PROVIDERS_OWN)
def test_foreign_titles_are_nowhere_in_the_admin(client, own, foreign, report, role):
    client.force_login(person_with(role, own["course"].course.provider))
    cells = asked_as(role, own, foreign)

    told = [(name, address) for name, address in cells if _tells(client.get(address))]

    names = {name for name, _address in cells}
    report(f"{len(names)} patterns of the admin, {len(cells)} addresses asked as {role}: 0 told a foreign title")
    assert len(names) > 190
    assert told == []


def _tells(response):
    if response.streaming:
        return SECRET.lower().encode() in b"".join(response.streaming_content).lower()
    # What was asked for is repeated on the page: only more than the question is an answer.
    asked = response.request.get("QUERY_STRING", "")
    words = response.text.replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "").replace(f"“{SECRET}”", "")
    if SECRET in asked:
        return any(f"{SECRET} {noun}" in words for noun in ("kursus", "dag", "fil", "billede", "samling", "firma"))
    return SECRET.lower() in words.lower()


def test_foreign_titles_are_seen_by_the_agency_so_the_search_above_is_real(client, own, foreign):
    client.force_login(person_with(Role.PROGRAMME_MANAGER))

    response = client.get(reverse("wagtailadmin_pages:search"), {"q": SECRET})

    assert f"{SECRET} dag" in response.text


def test_every_name_of_the_list_exists(own):
    names = {name for name, _arguments, _groups in admin_patterns()}

    assert set() == PROVIDER_VIEWS - names


@pytest.mark.parametrize("name", ["edit", "history", "delete", "view_draft", "revisions_index", "workflow_history"])
def test_foreign_page_is_not_found_by_its_number(client, foreign, editor, name):
    assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[foreign["page"].pk])).status_code == 404


def test_foreign_page_cannot_be_written(client, foreign, editor):
    response = client.post(reverse("wagtailadmin_pages:edit", args=[foreign["page"].pk]), {"title": "Overtaget"})

    assert response.status_code == 404
    assert Page.objects.get(pk=foreign["page"].pk).title == foreign["page"].title


@pytest.mark.parametrize("name", ["move", "copy"])
def test_page_of_a_provider_is_neither_moved_nor_copied(client, own, editor, name):
    assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[own["page"].pk])).status_code == 404


@pytest.mark.parametrize("action", ["copy", "move", "create_alias", "copy_for_translation", "publish", "unpublish"])
def test_interface_of_the_admin_does_nothing_for_a_provider(client, own, foreign, editor, action):
    address = reverse("wagtailadmin_api:pages:action", args=[own["page"].pk, action])

    response = client.post(address, {"destination_page_id": foreign["course"].pk}, content_type="application/json")

    assert response.status_code == 404
    assert Page.objects.get(pk=own["page"].pk).get_parent().pk == own["course"].pk


def test_editor_finds_own_pages_files_and_images(client, own, editor):
    found = {
        reverse("wagtailadmin_home"): "Egen dag",
        reverse("wagtailadmin_explore", args=[own["course"].pk]): "Egen dag",
        reverse("wagtailadmin_pages:edit", args=[own["page"].pk]): "Egen dag",
        reverse("wagtaildocs:index"): "Egen fil",
        reverse("wagtaildocs_chooser:choose"): "Egen fil",
        reverse("wagtailimages:index"): "Eget billede",
        reverse("wagtailimages_chooser:choose"): "Eget billede",
        reverse("wagtailadmin_choose_page_child", args=[own["course"].pk]): "Egen dag",
    }

    missing = [address for address, title in found.items() if title not in client.get(address).text]

    assert missing == []


def test_ended_membership_loses_the_admin_at_the_next_request(client, own, editor):
    assert client.get(ADMIN).status_code == 200

    editor.memberships.update(end_date="2020-02-01")

    assert client.get(ADMIN).status_code == 404
    assert editor.groups.count() == 0


def test_editor_who_moves_to_another_provider_leaves_the_old_tree(client, own, foreign, editor):
    client.get(ADMIN)
    editor.memberships.update(organisation=foreign["course"].course.provider)

    old = client.get(reverse("wagtailadmin_pages:edit", args=[own["page"].pk]))
    new = client.get(reverse("wagtailadmin_pages:edit", args=[foreign["page"].pk]))

    assert (old.status_code, new.status_code) == (404, 200)


@pytest.mark.parametrize(
    "role,status",
    [
        (Role.JOB_CONSULTANT, 404),
        (Role.LOCAL_MANAGER, 404),
        (Role.SUPERVISOR, 404),
        (Role.IPS_AMBASSADOR, 404),
        (Role.PSYCHIATRY_PARTNER, 404),
        (Role.MODERATOR, 404),
        (Role.PROGRAMME_MANAGER, 200),
        (Role.ADMINISTRATOR, 200),
    ],
)
def test_admin_is_for_editors_the_agency_and_administrators(client, own, role, status):
    client.force_login(person_with(role))

    assert client.get(ADMIN).status_code == status


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PROVIDER_COORDINATOR, Role.INSTRUCTOR])
def test_providers_writers_enter_the_admin(client, own, role):
    client.force_login(person_with(role, own["course"].course.provider))

    assert client.get(ADMIN).status_code == 200


def test_anonymous_is_sent_to_our_own_sign_in(client, own):
    assert client.get(ADMIN)["Location"] == f"{reverse('account_login')}?next={ADMIN}"


def test_a_group_put_on_by_hand_is_taken_off(client, own, foreign, editor):
    editor.groups.add(Group.objects.get(name="fodfaeste: administrators"))

    client.get(ADMIN)

    assert [group.name for group in editor.groups.all()] == [f"fodfaeste: provider {own['course'].course.provider_id}"]


def test_menu_holds_what_an_editor_needs(rf, own, editor):
    request = rf.get(ADMIN)
    request.user = editor
    sync_groups(person=editor)

    assert [item.name for item in admin_menu.menu_items_for_request(request)] == ["documents", "images", "explorer"]
