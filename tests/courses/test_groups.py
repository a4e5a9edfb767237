"""What each group of the admin may do, written out: one right more or less fails here."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from courses.actions import set_up_provider, sync_groups
from lms.people.models import Role
from tests.factories.courses import course_page, editor_of
from tests.factories.people import UserFactory, person_with

pytestmark = pytest.mark.django_db
VOCABULARY = [f"programme.{verb}_{name}" for name in ("principle", "targetgroup", "theme") for verb in ("add", "change", "delete", "view")]  # fmt: skip
ENTER = "wagtailadmin.access_admin"


def rights_of(group: Group) -> dict[str, list]:
    """Everything a group may do: by models, by pages and by collections."""
    by_model = group.permissions.values_list("content_type__app_label", "codename")
    pages = GroupPagePermission.objects.filter(group=group).values_list("page__title", "permission__codename")
    files = GroupCollectionPermission.objects.filter(group=group)
    return {
        "models": sorted(f"{app}.{codename}" for app, codename in by_model),
        "pages": sorted(pages),
        "files": sorted(files.values_list("collection__name", "permission__codename")),
    }


def on(place, *rights):
    return [(place, right) for right in rights]


OWN_FILES = ("add_document", "add_image", "change_document", "change_image", "choose_document", "choose_image")


@pytest.fixture
def course():
    page = course_page(title="Flere skal med")
    page.course.provider.name = "Fjordbro"
    page.course.provider.save()
    Collection.objects.filter(group_permissions__group__name__startswith="fodfaeste: provider").update(name="Fjordbro")
    return page


@pytest.fixture
def groups(course):
    return {group.name: rights_of(group) for group in Group.objects.filter(name__startswith="fodfaeste: ")}


def test_groups_are_three_and_may_do_exactly_this(groups, course):
    assert groups == {
        f"fodfaeste: provider {course.course.provider_id}": {
            "models": [ENTER],
            "pages": on("Flere skal med", "add_page", "change_page"),
            "files": on("Fjordbro", *OWN_FILES),
        },
        "fodfaeste: agency": {
            "models": sorted([*VOCABULARY, ENTER]),
            "pages": on("Flere skal med", "change_page", "publish_page", "unlock_page"),
            "files": on("Fjordbro", "choose_document", "choose_image"),
        },
        "fodfaeste: administrators": {
            "models": sorted([*VOCABULARY, "home.change_publicpage", "programme.change_course", ENTER]),
            "pages": on("Root", "add_page", "change_page", "lock_page", "publish_page", "unlock_page"),
            "files": on("Root", *OWN_FILES),
        },
    }


# Each of these is every right there is, by one more step.
NEVER = {f"{verb}_{name}" for verb in ("add", "change", "delete") for name in ("user", "group", "permission")} | {
    f"{verb}_{name}"
    for verb in ("add", "change", "delete")
    for name in ("site", "collection", "workflow", "task", "groupapprovaltask", "membership", "invitation", "organisation", "workaccount", "case")
}  # fmt: skip


def test_no_group_may_change_people_groups_collections_or_workflows(groups, report):
    given = {right.partition(".")[2] for rights in groups.values() for right in rights["models"]}

    report(f"{len(groups)} groups, {len(given)} rights between them, 0 of {len(NEVER)} that lead to every right")
    assert given & NEVER == set()


@pytest.mark.parametrize("codename", ["change_user", "add_group", "add_site"])
def test_right_given_by_hand_goes_when_the_groups_are_built(course, codename):
    for group in Group.objects.filter(name__startswith="fodfaeste: "):
        group.permissions.add(Permission.objects.get(codename=codename))

    set_up_provider(provider=course.course.provider, course_page=course)

    assert not Group.objects.filter(name__startswith="fodfaeste: ", permissions__codename=codename).exists()


def test_page_and_file_rights_given_by_hand_go_too(course, groups):
    """The control: the snapshot sees a right on a page and on a collection."""
    group = Group.objects.get(name__startswith="fodfaeste: provider")
    collection = Collection.objects.get(name="Fjordbro")
    GroupPagePermission.objects.create(group=group, page=course, permission=_right("publish_page"))
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=_right("delete_image"))
    assert rights_of(group) != groups[group.name]

    set_up_provider(provider=course.course.provider, course_page=Page.objects.get(pk=course.pk).specific)

    assert rights_of(group) == groups[group.name]


def _right(codename):
    return Permission.objects.get(codename=codename)


@pytest.mark.parametrize("name", ["Moderators", "Editors"])
def test_wagtails_own_groups_hold_nobody(course, name):
    """They may publish everywhere: whoever was put into one is taken out at the first request in the admin."""
    editor = editor_of(course.course)
    editor.groups.add(Group.objects.get(name=name))

    sync_groups(person=editor)

    assert [group.name for group in editor.groups.all()] == [f"fodfaeste: provider {course.course.provider_id}"]


def test_there_are_no_other_groups(course):
    assert set(Group.objects.exclude(name__startswith="fodfaeste: ").values_list("name", flat=True)) == {
        "Moderators",
        "Editors",
    }


@pytest.mark.parametrize("role", [*Role])
def test_no_role_may_change_people_or_groups(course, role):
    person = person_with(role)

    sync_groups(person=person)

    assert [right for right in sorted(person.get_all_permissions()) if right.partition(".")[2] in NEVER] == []


def test_control_somebody_with_every_right_is_found(course):
    assert "people.change_user" in UserFactory(is_superuser=True).get_all_permissions()
