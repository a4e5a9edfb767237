"""What the register does not answer for yet: models and fields that lead to a person, and lines about nothing."""

import re
from collections.abc import Iterable, Iterator

from django.db import models

from lms.people.methods.privacy.lines import Erasure, Line, Register

# A number can point to a person without the database knowing.
POINTS_AT_A_PERSON = re.compile(r"(^|_)(by|actor|person|user|owner|recipient|author)(_id)?$")
TELLS_WHO = re.compile(r"^(sender|ip|user_agent|phone|author_name|session_data)$")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField)


def gaps_in(register: Register, all_models: Iterable[type[models.Model]], person: type[models.Model]) -> list[str]:
    """One sentence for each gap; none when every model is answered for."""
    known = {model._meta.label: model for model in all_models}
    return [
        *_listed_badly(register, known),
        *(gap for label, model in known.items() for gap in _gaps_of(label, model, register, person)),
    ]


def _listed_badly(register: Register, known: dict) -> Iterator[str]:
    listed = [line.model for line in register.lines] + [label for apart in register.apart for label in apart.models]
    for label in sorted(set(listed)):
        if label not in known:
            yield f"{label} is listed, and there is no such model"
        elif listed.count(label) > 1:
            yield f"{label} is listed {listed.count(label)} times"


def _gaps_of(label, model, register, person) -> Iterator[str]:
    line = next((line for line in register.lines if line.model == label), None)
    if line is not None:
        yield from _gaps_of_line(line, model, person)
    elif any(label in apart.models for apart in register.apart):
        personal = _people_listed(register, person)
        yield from (f"{label}.{name} leads to a person" for name in leads_to_people(model, personal))
    else:
        yield f"{label} is not listed"


def _people_listed(register: Register, person) -> set[str]:
    """The person, and everything that is one row per person: what points there is about people too."""
    return {person._meta.label, *(line.model for line in register.lines if line.person)}


def leads_to_people(model: type[models.Model], personal: set[str]) -> list[str]:
    """The fields by which a row tells of a person."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field.name for field in fields if _leads(field, personal)]


def _leads(field, personal: set[str]) -> bool:
    if field.is_relation:
        related = field.related_model
        return hasattr(related, "_meta") and related._meta.label in personal
    return bool(
        isinstance(field, models.EmailField | models.JSONField)
        or POINTS_AT_A_PERSON.search(field.name)
        or TELLS_WHO.search(field.name)
    )


def _gaps_of_line(line: Line, model, person) -> Iterator[str]:
    fields = {field.name: field for field in [*model._meta.local_fields, *model._meta.local_many_to_many]}
    named = {path.split("__")[0].removesuffix("_id") for path in (*line.person, *line.by)}
    for name, field in fields.items():
        points = field.is_relation and isinstance(field.related_model, type) and issubclass(person, field.related_model)
        if (points or POINTS_AT_A_PERSON.search(name)) and name.removesuffix("_id") not in named:
            yield f"{line.model}.{name} points at a person whom the line does not name"
    known = set(fields) | {field.attname for field in model._meta.local_fields}
    for path in (*line.person, *line.by, *line.blank, *line.stays, *line.secret, *line.files):
        if path.split("__")[0] not in known:
            yield f"{line.model}.{path} is named by the line, and there is no such field"
    yield from _texts_unanswered(line, fields)


def _texts_unanswered(line: Line, fields) -> Iterator[str]:
    """Of a row that stays, the register says of each text whether it stays."""
    if line.erasure != Erasure.ANONYMOUS:
        return
    for name, field in fields.items():
        if isinstance(field, TEXTS) and not field.choices and name not in {*line.blank, *line.stays}:
            yield f"{line.model}.{name} is a text, and the line does not say whether it stays"
