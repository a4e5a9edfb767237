"""What the providers publish, and what they have not published yet."""

from datetime import timedelta

from django.utils.timezone import localdate
from wagtail.models import Task, Workflow

from lms.people.models import Role
from lms.programme.models import Principle, TargetGroup, Theme
from tests.factories.courses import (
    ReflectionFactory,
    TeachingDayFactory,
    TrialFactory,
    collection_of,
    course_page,
    document_of,
    full_day_page,
    image_of,
    material_on,
)
from tests.factories.meetings import MeetingFactory
from tests.factories.programme import CourseFactory

# What only some may read: the published day, the own provider's draft, the other provider's draft.
PUBLISHED, DRAFT, FOREIGN = "Sneuglen", "Narhvalen", "Zebraen"


def make_content(world, own, other) -> dict:
    pages = {
        "own": _published(own, world.teaching["own"], "Dag et", f"{PUBLISHED} Et"),
        "other": _published(other, world.teaching["other"], "Dag et", "Lemuren Et"),
        "draft": _draft(own, world.now, "Dag to", f"{DRAFT} er ikke udgivet."),
    }
    _draft(other, world.now, f"{FOREIGN} dag to", f"{FOREIGN} er ikke udgivet.")
    hidden = _hidden_course(world.places.other_provider)
    _own_work(world, pages["own"]["day"])
    return {
        "course": _courses(own, other, hidden),
        "day": {relation: {"slug": page["day"].cohort.slug, "number": page["day"].number} for relation, page in pages.items()},
        "material": {relation: {"pk": page["material"].pk} for relation, page in pages.items()},
        "image": {relation: {"name": page["rendition"].file.name} for relation, page in pages.items()},
        "document": {relation: {"path": page["document"].url} for relation, page in pages.items()},
        "page": {relation: {"path": page["page"].url} for relation, page in pages.items()},
        "admin": {"own": _admin(own, pages["own"]), "other": _admin(other, pages["other"])},
    }  # fmt: skip


def _courses(own, other, hidden):
    return {"own": {"slug": own.course.slug}, "other": {"slug": other.course.slug}, "draft": {"slug": hidden.slug}}


def _published(cohort, meeting, title, text):
    return _day(cohort, meeting, number=1, title=title, live=True, text=text)


def _draft(cohort, now, title, text):
    meeting = MeetingFactory(cohort=cohort, title="Dag 2", starts_at=now + timedelta(days=30))
    return _day(cohort, meeting, number=2, title=title, live=False, text=text)


def _day(cohort, meeting, *, number, title, live, text):
    """A day with a material and a picture; the files of a draft are on no published page."""
    provider, parent = cohort.course.provider, cohort.course.page
    document = document_of(provider, title=f"{text} fil", name=f"fil{number}.pdf")
    image = image_of(provider, title=f"{text} billede", name=f"billede{number}.png")
    body = [("text", f"<p>{text}</p>"), ("picture", {"image": image, "alt_text": "En mark"})]
    page = full_day_page(parent, number=number, title=title, live=live, body=body)
    material = material_on(page, document, title=f"{text} ark")
    if not live:
        page.refresh_from_db()
        page.unpublish()
    day = TeachingDayFactory(cohort=cohort, page=page, number=number, meeting=meeting)
    rendition = image.get_rendition("width-1")
    return {
        "page": page,
        "day": day,
        "document": document,
        "image": image,
        "rendition": rendition,
        "material": material,
    }


def _hidden_course(provider):
    course = CourseFactory(provider=provider, slug="forloeb-skjult")
    page = course_page(course, title=f"{FOREIGN} forløb", live=False)
    collection = collection_of(provider)
    collection.name = f"{FOREIGN} samling"
    collection.save()
    document_of(provider, title=f"{FOREIGN} fil", name="zebraen.pdf")
    image_of(provider, title=f"{FOREIGN} billede", name="zebraen.png")
    return page


def _own_work(world, day):
    """The job consultant's trial, and two reflections of somebody else: one kept, one handed in."""
    today = localdate(world.now)
    TrialFactory(teaching_day=day, person=world.people[Role.JOB_CONSULTANT], due_date=today)
    ReflectionFactory(teaching_day=day, text="Koalaen beholder jeg selv.")
    ReflectionFactory(teaching_day=day, text="Lamaen har jeg afleveret.", shared_at=world.now)


def _admin(cohort, page) -> dict:
    """A value for every argument in an address of the editors' admin."""
    revision = page["page"].get_latest_revision()
    workflow, task = Workflow.objects.first(), Task.objects.first()
    return {
        "page": page["page"].pk,
        "course": page["page"].get_parent().pk,
        "document": page["document"].pk,
        "image": page["image"].pk,
        "collection": page["document"].collection_id,
        "revision": revision.pk,
        "workflow": workflow.pk,
        "task": task.pk,
        "principle": Principle.objects.first().pk,
        "theme": Theme.objects.first().pk,
        "targetgroup": TargetGroup.objects.first().pk,
        "person": cohort.enrolments.first().person_id,
    }
