import pytest
from django.urls import reverse

from courses.models import Material
from lms.people.models import Role
from tests.factories.courses import (
    TeachingDayFactory,
    course_page,
    document_of,
    editor_of,
    full_day_page,
    image_of,
    material_on,
)
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return TeachingDayFactory()


@pytest.fixture
def provider(day):
    return day.cohort.course.provider


@pytest.fixture
def people(day, provider):
    """Who may open what a published day holds, and who may not."""
    kursist = kursist_in(day.cohort)
    municipality = kursist.memberships.get().organisation
    return {
        "kursist": (kursist, True),
        "editor": (person_with(Role.EDITOR, provider), True),
        "manager": (person_with(Role.PROGRAMME_MANAGER), True),
        "colleague": (person_with(Role.JOB_CONSULTANT, municipality), False),
        "leader": (person_with(Role.LOCAL_MANAGER, municipality), False),
        "other cohort": (kursist_in(CohortFactory(course=day.cohort.course)), False),
        "other provider": (editor_of(course_page().course), False),
        "stranger": (person_with(Role.JOB_CONSULTANT), False),
    }


def statuses(client, people, address):
    found = {}
    for name, (person, _may) in people.items():
        client.force_login(person)
        found[name] = client.get(address).status_code in {200, 302}
    return found


def expected(people):
    return {name: may for name, (_person, may) in people.items()}


def publish_body(day, *blocks):
    page = day.page.specific
    page.body = list(blocks)
    page.save_revision().publish()


def test_document_of_a_material_is_for_those_who_may_see_the_day(client, day, provider, people):
    material = material_on(day.page, document_of(provider))

    assert statuses(client, people, material.document.url) == expected(people)
    assert statuses(client, people, reverse("courses:material", args=[material.pk])) == {
        **expected(people),
    }


@pytest.mark.parametrize("kind", ["file", "text"])
def test_document_in_the_text_is_for_those_who_may_see_the_day(client, day, provider, people, kind):
    document = document_of(provider)
    blocks = {
        "file": ("file", {"document": document, "title": "Fil"}),
        "text": ("text", f'<p><a linktype="document" id="{document.pk}">Fil</a></p>'),
    }
    publish_body(day, blocks[kind])

    assert statuses(client, people, document.url) == expected(people)


def test_document_no_published_page_holds_is_for_its_editors_alone(client, day, provider, people):
    document = document_of(provider)

    found = statuses(client, people, document.url)

    assert [name for name, may in found.items() if may] == ["editor", "manager"]


def test_document_taken_off_the_page_is_closed_at_once(client, day, provider):
    material = material_on(day.page, document_of(provider))
    document = material.document
    client.force_login(kursist_in(day.cohort))
    assert client.get(document.url).status_code == 200

    page = day.page.specific
    page.materials.set([])
    page.save_revision().publish()

    assert client.get(document.url).status_code == 404


def test_document_is_not_found_under_a_guessed_name(client, day, provider):
    material = material_on(day.page, document_of(provider))
    client.force_login(kursist_in(day.cohort))

    answers = [
        client.get(f"/dokumenter/{pk}/{name}").status_code
        for pk in range(1, material.document.pk + 5)
        for name in ("gaet.pdf", "ugekortet", "ugekortet.PDF")
    ]

    assert set(answers) == {404}


def test_files_are_not_served_from_their_place_on_disk(client, day, provider):
    document, image = document_of(provider), image_of(provider)
    rendition = image.get_rendition("width-1")
    client.force_login(editor_of(day.cohort.course))

    for name in (document.file.name, image.file.name, rendition.file.name):
        assert client.get(f"/media/{name}").status_code == 404


def test_image_is_for_those_who_may_see_a_day_that_shows_it(client, day, provider, people):
    image = image_of(provider)
    publish_body(day, ("picture", {"image": image, "alt_text": "Et kort", "caption": ""}))
    client.force_login(people["kursist"][0])
    text = client.get(day.get_absolute_url()).text

    address = image.renditions.get().url

    assert address.startswith("/billede/")
    assert f'src="{address}"' in text
    assert 'alt="Et kort"' in text
    assert statuses(client, people, address) == expected(people)


def test_image_on_a_draft_is_for_its_editors_alone(client, day, provider, people):
    image = image_of(provider)
    full_day_page(day.page.get_parent(), number=2, live=False, body=[("picture", {"image": image, "alt_text": "Kort"})])

    found = statuses(client, people, image.get_rendition("width-1").url)

    assert [name for name, may in found.items() if may] == ["editor", "manager"]


def test_image_that_does_not_exist_is_not_found(client, day):
    client.force_login(kursist_in(day.cohort))

    assert client.get("/billede/../settings.py").status_code == 404
    assert client.get("/billede/images/x.png").status_code == 404


def test_link_leads_out_and_a_material_with_nothing_is_not_found(client, day):
    film = material_on(day.page, title="Film", kind="video", link="https://vimeo.com/1")
    empty = material_on(day.page, title="Tom")
    client.force_login(kursist_in(day.cohort))

    assert client.get(reverse("courses:material", args=[film.pk]))["Location"] == "https://vimeo.com/1"
    assert client.get(reverse("courses:material", args=[empty.pk])).status_code == 404


def test_unpublished_days_materials_are_not_found(client, day, provider):
    material = material_on(day.page, document_of(provider))
    day.page.specific.unpublish()
    client.force_login(kursist_in(day.cohort))

    assert client.get(reverse("courses:material", args=[material.pk])).status_code == 404
    assert client.get(material.document.url).status_code == 404


@pytest.mark.parametrize("address", ["material", "image"])
def test_files_ask_for_sign_in(client, day, provider, address):
    material = material_on(day.page, document_of(provider))
    addresses = {"material": reverse("courses:material", args=[material.pk]), "image": "/billede/images/x.png"}

    assert client.get(addresses[address])["Location"].startswith(reverse("account_login"))


def test_ended_editor_reads_the_files_no_more(client, day, provider):
    editor = person_with(Role.EDITOR, provider)
    document = document_of(provider)
    client.force_login(editor)
    client.get("/admin/")
    assert client.get(document.url).status_code == 200

    editor.memberships.update(end_date="2020-02-01")

    assert client.get(document.url).status_code == 404
    assert Material.objects.visible_to(type(editor).objects.get(pk=editor.pk)).count() == 0
