"""Handing out what is held about a person: one zip of JSON, files, and a page to read."""

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from lms.people.actions.audit import record
from lms.people.models import User
from lms.people.queries.export import areas_of, files_of, look_ups_of

PAGE = "laes-mig.html"


@transaction.atomic
def export_person(*, person: User, by: User | None, now: datetime) -> bytes:
    """The zip. Nothing of it is stored here: it goes to whoever asked, and the log keeps that it did."""
    record(by=by, verb="exported_person", about=person, now=now)
    with translation.override("da"):
        areas, look_ups = areas_of(person), look_ups_of(person)
        page = render_to_string(
            "people/export.html", {"person": person, "areas": areas, "look_ups": look_ups, "now": now}
        )
        texts = {f"oplysninger/{area.activity.code}.json": _as_json(area.as_json) for area in areas}
    texts["oplysninger/opslag.json"] = _as_json([vars(look_up) for look_up in look_ups])
    return _packed({PAGE: page, **texts}, files_of(person))


def _as_json(value) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def _packed(texts: dict[str, str], files) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
        for file in files:
            if file.file.storage.exists(file.file.name):
                with file.file.open("rb") as content:
                    archive.writestr(file.name, content.read())
    return packed.getvalue()
