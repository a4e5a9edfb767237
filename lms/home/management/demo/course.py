"""The provider's course in Wagtail: its page, its four days with materials, and a rival's draft nobody may see."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, Site

from courses.actions import set_up_provider, sync_groups
from courses.models import (
    CoursePage,
    EvaluationQuestion,
    LibraryPage,
    Material,
    Quiz,
    QuizOption,
    QuizQuestion,
    TeachingDayPage,
)
from lms.formats.pdf import simple_document
from lms.home.management.demo.content import content, part_of
from lms.home.management.demo.people import IN_ASCII, PROVIDER, RIVAL, World
from lms.programme.models import Course

LICENCE = "CC BY 4.0"
SOURCE = "Fjordbro Læring (opdigtet leverandør)"
KINDS = (
    ("film", Material.Kind.VIDEO),
    ("lyd", Material.Kind.AUDIO),
    ("Word", Material.Kind.TEMPLATE),
    ("lides", Material.Kind.SLIDES),
)
MINUTES = re.compile(r"(\d+) min")
READING_MINUTES = 10


@dataclass
class DemoCourse:
    course: Course
    page: CoursePage
    days: dict[int, TeachingDayPage]


def create(world: World) -> DemoCourse:
    root = _root_page()
    course = _course(world, PROVIDER, "Kompetenceudviklingsforløb for jobformidlere", "kompetenceudvikling")
    page = CoursePage(
        title=course.title,
        slug=course.slug,
        course=course,
        introduction=(
            "Fire undervisningsdage og fem supervisionsdage for jobformidlere, der arbejder med den udvidede, "
            "IPS-inspirerede indsatsmodel. Du lærer metoden, prøver den af i din egen praksis og får supervision "
            "sammen med kolleger fra andre kommuner."
        ),
        body=(
            "<p>Forløbet er for jobformidlere og jobkonsulenter, der støtter borgere med svære psykiske lidelser i at "
            "få og beholde ordinært job eller uddannelse. Du følger et fast hold og en fast supervisionsgruppe.</p>"
        ),
    )
    root.add_child(instance=page)
    page.save_revision().publish()
    library = LibraryPage(title="Materialer", slug="materialer", introduction="Alt fra forløbets dage, samlet ét sted.")
    page.add_child(instance=library)
    library.save_revision().publish()
    set_up_provider(provider=course.provider, course_page=page)
    days = {number: _day(page, number, day) for number, day in enumerate(content()["teaching_days"], start=1)}
    _quizzes(days)
    _evaluation(course)
    _rival(world, root)
    for person in world.people.values():
        sync_groups(person=person)
    return DemoCourse(course, page, days)


def _root_page() -> Page:
    site = Site.objects.get(is_default_site=True)
    address = urlsplit(settings.BASE_URL)
    site.hostname, site.port, site.site_name = address.hostname, address.port or 80, "Fodfæste"
    site.save()
    root = site.root_page
    root.title = root.draft_title = "Fodfæste"
    root.save()
    return root


def _course(world: World, provider: str, title: str, slug: str) -> Course:
    return Course.objects.create(
        programme=world.programme, provider=world.organisations[provider], title=title, slug=slug
    )


def _day(parent: CoursePage, number: int, day: dict) -> TeachingDayPage:
    page = TeachingDayPage(
        title=day["title"],
        slug=f"dag-{number}",
        number=number,
        theme=part_of(day["meta"], "Tema"),
        aims=[("aim", aim) for aim in day["aims"]],
        agenda=[("item", {"time": item["time"].replace(".", ":"), "title": item["item"]}) for item in day["agenda"]],
        preparation=[("task", {"text": text, "minutes": _minutes(text)}) for text in day["preparation"]],
        reflection_prompt=day["reflection"],
    )
    parent.add_child(instance=page)
    for order, label in enumerate(day["materials"]):
        page.materials.add(_material(parent, number, order, label))
    page.save_revision().publish()
    return page


def _minutes(text: str) -> int:
    found = MINUTES.search(text)
    return int(found[1]) if found else READING_MINUTES


def _material(course_page: CoursePage, number: int, order: int, label: str) -> Material:
    title = label.partition(" (")[0]
    kind = next((kind for word, kind in KINDS if word in label), Material.Kind.DOCUMENT)
    return Material(
        title=title,
        kind=kind,
        document=_document(course_page, title, f"dag-{number}-{order + 1}"),
        minutes=_minutes(label),
        licence=LICENCE,
        source=SOURCE,
        sort_order=order,
    )


def _document(course_page: CoursePage, title: str, name: str):
    body = simple_document(
        title,
        [
            "Dette er en lille prøvefil fra demoen af Fodfæste. I et forløb ligger leverandørens eget materiale her.",
            f"Materialet hører til forløbet »{course_page.title}«.",
        ],
    )
    collection = course_page.course.provider.name
    document = get_document_model()(title=title, collection=_collection(collection))
    document.file.save(f"{name}-{slugify(title.lower().translate(IN_ASCII))[:40]}.pdf", ContentFile(body), save=False)
    document.save()
    return document


def _collection(name: str):
    return Collection.objects.get(name=name)


def _quizzes(days: dict[int, TeachingDayPage]) -> None:
    quizzes = {number: Quiz.objects.create(page=page) for number, page in days.items()}
    for entry in content()["quiz"]:
        question = QuizQuestion.objects.create(
            quiz=quizzes[entry["day"]],
            number=int(entry["id"].partition(".")[2]),
            text=entry["question"],
            feedback=entry["feedback"],
        )
        QuizOption.objects.bulk_create(
            [QuizOption(question=question, text=o["text"], is_correct=o["correct"]) for o in entry["options"]]
        )


MOMENTS = {
    "hver dag": EvaluationQuestion.Moment.EACH_DAY,
    "slut": EvaluationQuestion.Moment.LAST_DAY,
    "slut + 3 mdr.": EvaluationQuestion.Moment.LATER,
}


def _evaluation(course: Course) -> None:
    answers = EvaluationQuestion.Answer
    EvaluationQuestion.objects.bulk_create(
        [
            EvaluationQuestion(
                course=course,
                code=entry["id"],
                text=entry["question"],
                answer_kind=_answer_kind(entry["type"], answers),
                choices=_choices(entry["type"]),
                level=entry["level"],
                moment=MOMENTS[entry["when"]],
            )
            for entry in content()["evaluation"]
        ]
    )


def _answer_kind(words: str, answers) -> str:
    if words.startswith("Fritekst"):
        return answers.TEXT
    return answers.CHOICE if words.startswith("Flervalg") else answers.SCALE


def _choices(words: str) -> list[str]:
    if not words.startswith("Flervalg"):
        return []
    return [choice.strip() for choice in words.partition(":")[2].partition("(")[0].split("·")]


def _rival(world: World, root: Page) -> None:
    course = _course(world, RIVAL, "Havbreds forløb om relation og håb", "relation-og-haab")
    page = CoursePage(
        title=course.title,
        slug=course.slug,
        course=course,
        introduction="Under udarbejdelse hos Havbred Kurser.",
        live=False,
    )
    root.add_child(instance=page)
    page.save_revision()
    set_up_provider(provider=course.provider, course_page=page)
    draft = TeachingDayPage(title="Kladde: De svære første ti minutter", slug="dag-1", number=1, live=False)
    page.add_child(instance=draft)
    draft.save_revision()
