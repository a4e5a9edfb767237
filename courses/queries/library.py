from django.db.models import F

from courses.models import Material


def materials_for_person(person, *, day: int | None = None, kind: str = ""):
    """The materials of the courses a person may see, day by day."""
    materials = Material.objects.visible_to(person).select_related("document")
    materials = materials.annotate(day_number=F("page__number"), day_title=F("page__title"))
    if day is not None:
        materials = materials.filter(page__number=day)
    if kind:
        materials = materials.filter(kind=kind)
    return materials.order_by("page__number", "page_id", "sort_order", "pk")
