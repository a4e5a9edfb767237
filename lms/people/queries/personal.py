"""The rows that the register says are about a person."""

from collections import Counter
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from lms.people.methods.privacy import Line, the_register
from lms.people.methods.privacy.words import Words
from lms.people.models import Invitation, User


def model_of(line: Line) -> type[models.Model]:
    return apps.get_model(line.model)


def all_rows(model: type[models.Model]) -> models.QuerySet:
    """Past every manager that hides some."""
    return models.QuerySet(model)


def rows_of(line: Line, person: User) -> models.QuerySet:
    """Rows about ``person``."""
    if line.find:
        return line.find(person)
    rows = all_rows(model_of(line))
    about = Q(pk__in=[])
    for path in line.person:
        about |= Q(**{path: person.pk})
    return rows.filter(pk__in=rows.filter(about).values("pk")).order_by("pk")


def handled_by(line: Line, person: User) -> Iterator[tuple[str, int]]:
    """How many rows about others ``person`` has had a hand in, by field."""
    for path in line.by:
        if count := all_rows(model_of(line)).filter(**{path: person.pk}).count():
            yield f"{line.model}.{path}", count


def words_of(person: User) -> Words:
    """Every name, address and number that ``person`` is known by here."""
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    invited = Invitation.objects.filter(person=person).values_list("email", flat=True)
    addresses = dict.fromkeys(address.lower() for address in (person.email, *known, *invited))
    return Words(person.name, tuple(addresses), person.phone)


def mentions_of(person: User) -> dict[str, list]:
    """Where others' texts name ``person``: the primary keys of the rows, by model and field."""
    words = words_of(person)
    own = {line.model: rows_of(line, person) for line in the_register().lines if line.person or line.find}
    found: dict[str, list] = {}
    for model in apps.get_models():
        rows = all_rows(model)
        if model._meta.label in own:
            rows = rows.exclude(pk__in=own[model._meta.label].values("pk"))
        for field in model._meta.local_fields:
            if keys := _keys_with(rows, field, words):
                found[f"{model._meta.label}.{field.name}"] = keys
    return found


def _keys_with(rows, field, words: Words) -> list:
    if not isinstance(field, models.CharField | models.TextField | models.JSONField) or field.choices:
        return []
    likely = Q()
    for word in words.whole:
        for written in {word, word.encode("unicode_escape").decode()}:
            likely |= Q(as_text__icontains=written.replace("\\x", "\\u00"))
    hits = rows.annotate(as_text=Cast(field.name, models.TextField())).filter(likely).order_by("pk")
    return list(hits.values_list("pk", flat=True))


def counts_of(person: User) -> Counter:
    """How many rows are about ``person``, by model."""
    lines = [line for line in the_register().lines if line.person or line.find]
    return Counter({line.model: count for line in lines if (count := rows_of(line, person).count())})
