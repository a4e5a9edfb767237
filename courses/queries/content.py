"""A teaching day's page as plain data and rendered text, made once per published revision and language."""

from dataclasses import dataclass
from pathlib import PurePath

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import get_language

from courses.methods import total_minutes
from courses.models import Material, TeachingDayPage

# A principle's wording or an image may change under a page: the copy is never older than this.
LIFETIME = 10 * 60
ICONS = {"pdf": "file-pdf", "docx": "file-word", "xlsx": "file-excel"}
KIND_ICONS: dict[str, str] = {Material.Kind.VIDEO: "videocam", Material.Kind.LINK: "link", Material.Kind.AUDIO: "file"}


@dataclass(frozen=True)
class DayContent:
    title: str
    theme: str
    aims: list[str]
    agenda: list[dict]
    preparation: list[dict]
    minutes: int
    body: str
    reflection_prompt: str
    materials: list[dict]


def content_of(page: TeachingDayPage) -> DayContent:
    """The page as it stands in memory: a published one, or an editor's preview that is stored nowhere."""
    preparation = [_task(block) for block in page.preparation]
    return DayContent(
        title=page.title,
        theme=page.theme,
        aims=[str(block.value) for block in page.aims],
        agenda=[dict(block.value) for block in page.agenda],
        preparation=preparation,
        minutes=total_minutes(preparation),
        body=str(page.body.render_as_block()) if page.body else "",
        reflection_prompt=page.reflection_prompt,
        materials=[material_row(material) for material in _materials(page)],
    )


def published_content(page: TeachingDayPage) -> DayContent:
    """The same for a published page, whose long texts may be deferred: read again only when it has changed."""
    if page.live_revision_id is None:
        return _read(page.pk)
    key = f"courses:day:{page.pk}:{page.live_revision_id}:{get_language()}"
    content = cache.get(key)
    if content is None:
        content = _read(page.pk)
        cache.set(key, content, LIFETIME)
    return content


def material_row(material: Material) -> dict:
    """What a list shows of a material. A preview's unsaved one has no number and no address."""
    document = material.document
    extension = PurePath(document.file.name).suffix.removeprefix(".").lower() if document else ""
    return {
        "pk": material.pk,
        "title": material.title,
        "kind": material.get_kind_display(),
        "icon": KIND_ICONS.get(material.kind) or ICONS.get(extension, "document"),
        "format": extension.upper(),
        "size": document.file_size if document else None,
        "minutes": material.minutes,
        "licence": material.licence,
        "source": material.source,
    }


def _read(pk):
    return content_of(TeachingDayPage.objects.get(pk=pk))


def _materials(page):
    materials = page.materials.all()
    # A preview's materials live in memory and cannot be joined.
    return materials.select_related("document") if isinstance(materials, QuerySet) else materials


def _task(block):
    return {"id": str(block.id or ""), "text": block.value["text"], "minutes": block.value["minutes"]}
