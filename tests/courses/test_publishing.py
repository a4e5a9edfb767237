"""A provider publishes: the whole way from an editor's change to what a kursist may open."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import GroupPagePermission, TaskState, UploadedFile
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses import actions
from courses.forms.pages import RESERVED_SLUGS
from courses.models import TeachingDayPage
from lms.people.models import Role
from tests.factories.courses import (
    PDF,
    TeachingDayFactory,
    course_page,
    document_of,
    editor_of,
    full_day_page,
)
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
CPR = "Borgerens nummer er 010180-1234"


def page_data(page, *, materials=(), **changes):
    """What the browser sends when an editor saves a day."""
    rows = [{"id": "", "ORDER": str(number), "DELETE": "", **row} for number, row in enumerate(materials, start=1)]
    data = {
        "title": page.title,
        "slug": page.slug,
        "number": page.number,
        "theme": page.theme,
        "reflection_prompt": page.reflection_prompt,
        "aims": streamfield([("aim", "Du kan forklare metoden")]),
        "agenda": streamfield([]),
        "preparation": streamfield([]),
        "body": streamfield([("text", rich_text("<p>Brødtekst</p>"))]),
        "materials": {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000,
                      **{str(number): row for number, row in enumerate(rows)}},
    }  # fmt: skip
    return nested_form_data({**data, **changes})


def material(document, **fields):
    texts = {
        "title": "Ugekortet",
        "kind": "document",
        "link": "",
        "minutes": "",
        "licence": "CC BY",
        "source": "Fjordbro",
    }
    return {**texts, "document": document.pk if document else "", **fields}


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def day():
    return TeachingDayFactory(number=4)


@pytest.fixture
def course(day):
    return day.cohort.course


def test_material_is_added_submitted_approved_and_read(client, day, course):
    editor, manager, kursist = editor_of(course), person_with(Role.PROGRAMME_MANAGER), kursist_in(day.cohort)
    outside = [
        person_with(Role.JOB_CONSULTANT),
        kursist_in(CohortFactory(course=course)),
        person_with(Role.EDITOR),
        person_with(Role.LOCAL_MANAGER, kursist.memberships.get().organisation),
    ]
    client.force_login(editor)
    client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "Støtteplan",
            "file": SimpleUploadedFile("stoetteplan.pdf", PDF),
            "collection": actions.publishing.Collection.objects.get(name=course.provider.name).pk,
        },
    )
    document = get_document_model().objects.get()
    sent = page_data(day.page, materials=[material(document)], **{"action-submit": "1"})
    client.post(edit_address(day.page), sent)
    state = TaskState.objects.get()
    address = reverse("courses:day", args=[day.cohort.slug, day.number])

    client.force_login(kursist)
    assert "Ugekortet" not in client.get(address).text
    assert client.get(document.url).status_code == 404

    client.force_login(manager)
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[day.page.pk, "approve", state.pk]), {"comment": "Godt"}
    )

    client.force_login(kursist)
    assert "Ugekortet" in client.get(address).text
    through = client.get(reverse("courses:material", args=[day.page.specific.materials.get().pk]))
    assert through["Location"] == document.url
    served = client.get(document.url)
    assert b"".join(served.streaming_content) == PDF
    assert served["Content-Disposition"].startswith("attachment")
    for person in outside:
        client.force_login(person)
        assert client.get(document.url).status_code == 404
        assert client.get(through.request["PATH_INFO"]).status_code == 404
    client.logout()
    assert client.get(document.url)["Location"].startswith(reverse("account_login"))


def test_provider_cannot_publish_only_submit(client, day, course):
    client.force_login(editor_of(course))

    client.post(edit_address(day.page), page_data(day.page, theme="Smuglet ind", **{"action-publish": "1"}))

    assert TeachingDayPage.objects.get(pk=day.page.pk).theme == "Din rolle"
    assert not TaskState.objects.exists()


def test_cpr_number_in_a_block_is_refused_and_nothing_is_stored(client, day, course):
    client.force_login(editor_of(course))
    before = day.page.revisions.count()

    response = client.post(edit_address(day.page), page_data(day.page, aims=streamfield([("aim", CPR)])))

    assert "CPR" in response.context["form"].errors["aims"][0]
    assert day.page.revisions.count() == before


@pytest.mark.parametrize("field", ["title", "theme", "reflection_prompt"])
def test_cpr_number_in_a_field_is_refused(client, day, course, field):
    client.force_login(editor_of(course))
    before = day.page.revisions.count()

    response = client.post(edit_address(day.page), page_data(day.page, **{field: CPR}))

    assert list(response.context["form"].errors) == [field]
    assert day.page.revisions.count() == before


def test_cpr_number_across_the_tags_of_a_rich_text_is_refused(client, day, course):
    client.force_login(editor_of(course))
    body = streamfield([("text", rich_text("<p><b>010180</b>-1234</p>"))])

    response = client.post(edit_address(day.page), page_data(day.page, body=body))

    assert list(response.context["form"].errors) == ["body"]


@pytest.mark.parametrize("field", ["title", "licence", "source"])
def test_cpr_number_in_a_material_is_refused(client, day, course, field):
    client.force_login(editor_of(course))
    before = day.page.revisions.count()
    row = material(document_of(course.provider), **{field: CPR})

    response = client.post(edit_address(day.page), page_data(day.page, materials=[row]))

    assert list(response.context["form"].formsets["materials"].errors[0]) == [field]
    assert day.page.revisions.count() == before


def test_cpr_number_in_the_comment_of_an_approval_is_refused(client, day, course):
    client.force_login(editor_of(course))
    client.post(edit_address(day.page), page_data(day.page, **{"action-submit": "1"}))
    state = TaskState.objects.get()
    client.force_login(person_with(Role.PROGRAMME_MANAGER))

    client.post(reverse("wagtailadmin_pages:workflow_action", args=[day.page.pk, "reject", state.pk]), {"comment": CPR})

    state.refresh_from_db()
    assert (state.status, state.comment) == (TaskState.STATUS_IN_PROGRESS, "")


def test_another_providers_file_cannot_be_put_on_a_page(client, day, course):
    foreign = document_of(course_page().course.provider, title="Fremmed fil")
    client.force_login(editor_of(course))

    response = client.post(edit_address(day.page), page_data(day.page, materials=[material(foreign)]))

    assert list(response.context["form"].formsets["materials"].errors[0]) == ["document"]


def test_another_providers_file_cannot_be_linked_in_a_text(client, day, course):
    foreign = document_of(course_page().course.provider)
    link = f'<p><a linktype="document" id="{foreign.pk}">læs</a></p>'
    client.force_login(editor_of(course))

    response = client.post(
        edit_address(day.page),
        page_data(day.page, body=streamfield([("text", rich_text(link, features=["document-link"]))])),
    )

    assert list(response.context["form"].errors) == ["body"]


def test_another_providers_draft_cannot_be_linked_in_a_text(client, day, course):
    foreign = full_day_page(live=False, title="Hemmelig")
    link = f'<p><a linktype="page" id="{foreign.pk}">læs</a></p>'
    client.force_login(editor_of(course))

    response = client.post(
        edit_address(day.page), page_data(day.page, body=streamfield([("text", rich_text(link, features=["link"]))]))
    )

    assert list(response.context["form"].errors) == ["body"]


def test_at_least_forty_addresses_are_the_sites_own():
    assert len(RESERVED_SLUGS) >= 40


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_page_cannot_take_one_of_the_sites_own_addresses(client, day, course, slug):
    client.force_login(editor_of(course))

    response = client.post(edit_address(day.page), page_data(day.page, slug=slug))

    assert list(response.context["form"].errors) == ["slug"]


@pytest.mark.parametrize(
    "name,content",
    [("side.pdf", b"<html><script>alert(1)</script>"), ("tom.pdf", b""), ("billede.svg", b"<svg/>")],
)
def test_file_that_is_not_what_it_says_is_refused(client, course, name, content):
    client.force_login(editor_of(course))

    client.post(reverse("wagtaildocs:add"), {"title": "Fil", "file": SimpleUploadedFile(name, content)})

    assert not get_document_model().objects.exists()


@pytest.mark.parametrize("title,name", [(CPR, "plan.pdf"), ("Plan", "010180-1234.pdf")])
def test_cpr_number_in_the_name_of_a_file_is_refused(client, course, title, name):
    client.force_login(editor_of(course))

    response = client.post(reverse("wagtaildocs:add"), {"title": title, "file": SimpleUploadedFile(name, PDF)})

    assert response.context["form"].errors
    assert not get_document_model().objects.exists()


def test_upload_of_many_keeps_no_file_whose_name_is_refused(client, course):
    client.force_login(editor_of(course))

    response = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": CPR, "files[]": SimpleUploadedFile("010180-1234.pdf", PDF)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert response.json()["success"] is False
    assert not get_document_model().objects.exists()
    assert not UploadedFile.objects.exists()


def test_rights_of_every_group_are_exactly_these(day, course):
    page = day.page.get_parent()
    rights = {
        name: sorted(GroupPagePermission.objects.filter(group__name=name).values_list("page", "permission__codename"))
        for name in Group.objects.filter(name__startswith="fodfaeste: ").values_list("name", flat=True)
    }

    assert rights == {
        f"fodfaeste: provider {course.provider_id}": [(page.pk, "add_page"), (page.pk, "change_page")],
        "fodfaeste: agency": [(page.pk, "change_page"), (page.pk, "publish_page"), (page.pk, "unlock_page")],
        "fodfaeste: administrators": [(1, f"{verb}_page") for verb in ("add", "change", "lock", "publish", "unlock")],
    }


def test_no_group_may_change_people_or_groups(day):
    names = set(Group.objects.filter(name__startswith="fodfaeste: ").values_list("permissions__codename", flat=True))

    assert not names & {"add_user", "change_user", "add_group", "change_group", "add_site", "change_workflow"}


def test_setting_up_a_provider_twice_changes_nothing(day, course):
    before = (Group.objects.count(), GroupPagePermission.objects.count(), actions.publishing.Collection.objects.count())

    actions.set_up_provider(provider=course.provider, course_page=course.page)

    after = (Group.objects.count(), GroupPagePermission.objects.count(), actions.publishing.Collection.objects.count())
    assert after == before


def test_two_courses_of_a_provider_share_its_files(day, course):
    other = course_page(type(course).objects.create(
        programme=course.programme, provider=course.provider, title="To", slug="to"
    ))  # fmt: skip

    assert actions.publishing.Collection.objects.filter(name=course.provider.name).count() == 1
    assert GroupPagePermission.objects.filter(
        group__name=f"fodfaeste: provider {course.provider_id}", page=other
    ).count() == 2  # fmt: skip
