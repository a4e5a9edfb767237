"""A course in Wagtail's tree: small, published, and owned by its provider."""

from datetime import UTC, date, datetime
from datetime import time as clock

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site

from courses import actions, rules
from courses.models import CoursePage, Material, Reflection, TeachingDay, TeachingDayPage, Trial
from lms.formats.pdf import simple_document
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, MeetingFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.programme import CourseFactory

WRITTEN_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
PDF = simple_document("Ugekortet", ["Hvad gør vi i denne uge?"])
# The smallest valid image: one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def course_page(course=None, *, title="Flere skal med", live=True, **fields):
    """A course's page, with the provider's rights set up as in real life."""
    course = course or CourseFactory()
    page = CoursePage(
        title=title, slug=course.slug, course=course, introduction="Fire dage og fem.", live=live, **fields
    )
    Site.objects.get().root_page.add_child(instance=page)
    actions.set_up_provider(provider=course.provider, course_page=page)
    return page


def day_page(parent=None, *, number=1, title="Metoden", live=True, **fields):
    """A teaching day's page: published through a revision, or a draft."""
    parent = parent or course_page()
    page = TeachingDayPage(title=title, slug=f"dag-{number}", number=number, live=False, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
        page.refresh_from_db()
    return page


def full_day_page(parent=None, **fields):
    """A day with everything a day can have."""
    texts = {
        "theme": "Din rolle",
        "aims": [("aim", "Du kan forklare metoden")],
        "agenda": [("item", {"time": clock(9, 0), "title": "Velkomst"})],
        "preparation": [("task", {"text": "Læs to sider", "minutes": 10}), ("task", {"text": "Skriv", "minutes": 15})],
        "reflection_prompt": "Hvad er lettest?",
        "body": [("text", "<p>Brødtekst</p>"), ("quote", {"text": "Job først", "source": "En kursist"})],
    }
    return day_page(parent, **{**texts, **fields})


def document_of(provider, *, title="Ugekortet", name="ugekortet.pdf", content=PDF):
    """A file in the provider's own collection."""
    return get_document_model().objects.create(
        title=title, file=ContentFile(content, name=name), collection=collection_of(provider), file_size=len(content)
    )


def image_of(provider, *, title="Kortet", name="kortet.png"):
    return get_image_model().objects.create(
        title=title, file=ContentFile(PNG, name=name), collection=collection_of(provider), width=1, height=1
    )


def collection_of(provider):
    return Collection.objects.filter(group_permissions__group__name=rules.PROVIDER_GROUP.format(provider.pk)).first()


def material_on(page, document=None, **fields):
    """A material of the published page, through a revision as an editor would add it."""
    page = TeachingDayPage.objects.get(pk=page.pk)
    texts = {"title": "Ugekortet", "licence": "CC BY 4.0", "source": "Fjordbro Læring"}
    page.materials.add(Material(document=document, **{**texts, **fields}))
    page.save_revision().publish()
    return Material.objects.filter(page=page).latest("pk")


class TeachingDayFactory(DjangoModelFactory):
    class Meta:
        model = TeachingDay

    cohort = factory.SubFactory(CohortFactory)
    page = factory.LazyAttribute(lambda day: full_day_page(course_page(day.cohort.course), number=day.number))
    number = 1
    meeting = factory.LazyAttribute(lambda day: MeetingFactory(cohort=day.cohort, title=day.page.title))


class ReflectionFactory(DjangoModelFactory):
    class Meta:
        model = Reflection

    teaching_day = factory.SubFactory(TeachingDayFactory)
    person = factory.SubFactory(UserFactory)
    text = "Det svære er rammerne."
    changed_at = WRITTEN_AT


class TrialFactory(DjangoModelFactory):
    class Meta:
        model = Trial

    teaching_day = factory.SubFactory(TeachingDayFactory)
    person = factory.SubFactory(UserFactory)
    intention = "Spørg: Hvem her vil gerne arbejde?"
    due_date = date(2026, 12, 4)
    changed_at = WRITTEN_AT


def editor_of(course):
    return person_with(Role.EDITOR, course.provider)
