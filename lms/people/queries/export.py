"""Everything that is held about one person, without others: for the person to read, and for a machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.methods.privacy import Activity, Erasure, Line, the_register
from lms.people.models import AuditEntry, Organisation, User
from lms.people.queries.personal import handled_by, model_of, rows_of

# What a row may be called by, because no person stands in its name.
NAMED_WITHOUT_PEOPLE = (
    "meetings.Cohort", "meetings.Meeting", "meetings.SupervisionGroup", "programme.Course", Organisation._meta.label,
)  # fmt: skip

# What the fields are called that have no name for people: they are in no form.
ROW_LABELS = {
    "answered_at": gettext_lazy("answered"),
    "arrived_at": gettext_lazy("arrived"),
    "asked_at": gettext_lazy("asked"),
    "at": gettext_lazy("when"),
    "changed_at": gettext_lazy("changed"),
    "created_at": gettext_lazy("created"),
    "due_at": gettext_lazy("due"),
    "marked_at": gettext_lazy("marked"),
    "moment": gettext_lazy("when"),
    "object_id": gettext_lazy("number of the row"),
    "object_type": gettext_lazy("kind of row"),
    "occasion": gettext_lazy("occasion"),
    "seen_at": gettext_lazy("read until"),
    "sent_at": gettext_lazy("sent"),
    "shared_at": gettext_lazy("handed in"),
    "state": gettext_lazy("state"),
    "verb": gettext_lazy("what was done"),
}


@dataclass(frozen=True)
class Value:
    field: str
    label: str
    value: Any
    shown: str


@dataclass(frozen=True)
class Section:
    """The rows of one model."""

    line: Line
    rows: list[list[Value]]

    @property
    def for_reading(self) -> list[list[Value]]:
        """Without what tells a person nothing: the row's number, and that it is about them."""
        rows = [[value for value in row if value.shown] for row in self.rows]
        return [row for row in rows if row]

    @property
    def as_json(self) -> dict:
        return {
            "model": self.line.model,
            "holds": str(self.line.holds),
            "rows": [{value.field: value.value for value in row} for row in self.rows],
        }


@dataclass(frozen=True)
class Area:
    activity: Activity
    sections: list[Section]
    handled: dict[str, int]

    @property
    def as_json(self) -> dict:
        return {
            "purpose": str(self.activity.purpose),
            "basis": str(self.activity.basis),
            "sections": [section.as_json for section in self.sections],
            "handled": self.handled,
        }


@dataclass(frozen=True)
class LookUp:
    """What somebody here did to a row about the person: when and what, never who."""

    moment: datetime
    verb: str
    about: str


@dataclass(frozen=True)
class File:
    """A file the person uploaded."""

    model: str
    file: FieldFile

    @property
    def name(self) -> str:
        return f"filer/{self.model}/{str(self.file.name).rpartition('/')[2]}"


def areas_of(person: User) -> list[Area]:
    areas = (_area_of(activity, lines, person) for activity, lines in the_register().by_activity.items())
    return [area for area in areas if area.sections or area.handled]


def _area_of(activity: Activity, lines: list[Line], person: User) -> Area:
    sections = (Section(line, [_row(line, row, person) for row in _with_names(line, person)]) for line in lines)
    handled = dict(pair for line in lines for pair in handled_by(line, person))
    return Area(activity, [section for section in sections if section.rows], handled)


def _with_names(line: Line, person: User) -> models.QuerySet:
    """The rows, and with them what they point to by name: as many queries for three rows as for three hundred."""
    named = [field.name for field in model_of(line)._meta.local_fields if _is_named(field)]
    rows = rows_of(line, person)
    return rows.select_related(*named) if named else rows


def _is_named(field) -> bool:
    return field.is_relation and field.related_model._meta.label in NAMED_WITHOUT_PEOPLE


def _row(line: Line, row: models.Model, person: User) -> list[Value]:
    """Every field but the secret ones. An empty field says nothing and is left out."""
    fields = [field for field in row._meta.local_fields if field.name not in line.secret]
    values = [_value(row, field, person) for field in fields]
    return [value for value in values if value.value not in (None, "", [], {})]


def _value(row, field, person: User) -> Value:
    label = ROW_LABELS.get(field.name, field.verbose_name)
    told = _told(row, field, person)
    is_plain = field.primary_key or (field.related_model is User and told == person.name)
    return Value(field.name, capfirst(str(label)), told, "" if is_plain else _shown(row, field, told))


def _shown(row, field, told: Any) -> str:
    """As people write it."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(told, bool):
        return _("yes") if told else _("no")
    if isinstance(told, datetime):
        return date_format(localtime(told), "j. F Y G:i")
    return date_format(told, "j. F Y") if isinstance(told, date) else str(told)


def _told(row, field, person: User) -> Any:
    if isinstance(field, models.FileField):
        return getattr(row, field.name).name
    if not field.is_relation:
        return getattr(row, field.attname)
    key = getattr(row, field.attname)
    if key is None:
        return None
    if field.related_model is User:
        return person.name if key == person.pk else _("a colleague")
    return str(getattr(row, field.name)) if _is_named(field) else key


def look_ups_of(person: User) -> list[LookUp]:
    """What others did to the rows about the person, as the audit log has it."""
    about = Q(pk__in=[])
    for line in the_register().lines:
        if line.person and line.erasure != Erasure.NUMBER:
            keys = [key for key in rows_of(line, person).values_list("pk", flat=True) if isinstance(key, int)]
            about |= Q(object_type=model_of(line)._meta.label_lower, object_id__in=keys)
    entries = AuditEntry.objects.filter(about).exclude(actor_id=person.pk).order_by("pk")
    return [LookUp(*found) for found in entries.values_list("moment", "verb", "object_type")]


def files_of(person: User) -> Iterator[File]:
    for line in the_register().lines:
        for row in rows_of(line, person) if line.files else ():
            yield from (File(line.model, getattr(row, name)) for name in line.files if getattr(row, name))
