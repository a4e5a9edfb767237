"""Whoever may send a form sends every field of every model beside it: what is stored is what the form alone stores."""

import os
import re
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from lms.people.actions import profiles
from lms.people.forms import AccountForm
from lms.people.models import User
from lms.people.views import accounts
from tests.access.addresses import body_of, path_of
from tests.access.patterns import all_patterns
from tests.access.test_nothing_is_kept import Statements, undone, writers_of

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

APPS = ("notifications", "people", "programme", "meetings", "forum", "courses", "supervision")
OURS = [model for label in APPS for model in apps.get_app_config(label).get_models()]
# Wagtail's own forms are tried one by one in tests/people/forms/test_every_model_form.py.
PATTERNS = [pattern for pattern in all_patterns() if not pattern.route.startswith("admin/")]
NAMED = re.compile(r'\bname="([^"]+)"')
FULL = os.environ.get("FODFAESTE_DRILL") == "full"
WRITERS = None if FULL else 1
# What the form itself takes, where its page shows it in another place, or a script fills it in.
SHOWN_ELSEWHERE = {
    "people:switch_work_account": {"is_active", "is_required", "counts_as_second_factor"},
    "meetings:answer": {"reason"},
    "meetings:walk_in": {"enrolment", "municipality"},
    "meetings:here": {"ticket", "noted_at"},
    "courses:preparation": {"done"},
}
# What differs between two rounds that do the same: marks made of numbers, and where a draft begins to count.
PASSING = {"object_id", "message_key", "password", "last_login", "key", "version"}


def everything_there_is() -> dict[str, str]:
    """Each field of each model of ours, by its name and by its column's, with something it would take."""
    sent = {"is_staff": "on", "by": "1", "id": "1", "pk": "1"}
    for model in OURS:
        for field in model._meta.concrete_fields:
            sent[field.name] = sent[field.attname] = tempting(field)
    return sent


def tempting(field) -> str:
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return date(2031, 1, 1).isoformat()
    if field.is_relation or isinstance(field, models.IntegerField):
        return "1"
    return "zebra"


def rows(known: dict) -> dict[str, list[str]]:
    """Every row of ours without moments, random marks and new numbers; ``known`` are the numbers there were."""
    return {model._meta.label: sorted(row_of(model, values, known) for values in _all(model)) for model in OURS}


def _all(model):
    return model._base_manager.values_list(*[field.attname for field in model._meta.concrete_fields])


def row_of(model, values, known) -> str:
    return str([shown(field, value, known) for field, value in zip(model._meta.concrete_fields, values, strict=True)])


def shown(field, value, known):
    if isinstance(field, (models.DateTimeField, models.UUIDField)) or field.name in PASSING:
        return ""
    target = field.related_model if field.is_relation else field.model
    if field.primary_key or field.is_relation:
        return value if value is None or value in known.get(target, ()) else "new"
    return field.get_prep_value(value)


def stored_by(visitor, path, body, known) -> dict | None:
    """What is there after the form was sent; nothing when nothing was written."""
    statements = Statements()
    with undone(), connection.execute_wrapper(statements):
        response = visitor.post(path, body)
        assert response.status_code < 500, path
        return rows(known) if statements.writes else None


def fields_on(world, pattern, role, path) -> set[str]:
    with undone():
        page = world.visitors[role].get(path)
        found = set() if page.streaming else set(NAMED.findall(page.content.decode("utf-8", "replace")))
    return found | SHOWN_ELSEWHERE.get(pattern.name, set())


@pytest.fixture(scope="module")
def known(world):
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in OURS}


asked: dict[str, int] = {}


def smuggled(world, pattern, known) -> list:
    """Who got something stored beside what the form shows, and in which table."""
    found = []
    for role, relation in writers_of(pattern, world)[:WRITERS]:
        path, body = path_of(pattern, relation, role, world), body_of(pattern, world)
        seen = fields_on(world, pattern, role, path) | set(body)
        more = {name: value for name, value in everything_there_is().items() if name not in seen}
        with time_machine.travel(timezone.now(), tick=False):
            alone, crowded = (stored_by(world.visitors[role], path, sent, known) for sent in (body, more | body))
        if alone != crowded:
            found.append((role, relation, different(alone, crowded)))
        asked[pattern.name] = len(more)
    return found


def different(alone, crowded):
    if alone is None or crowded is None:
        return "written at all"
    return [name for name in alone if alone[name] != crowded[name]]


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_nothing_is_stored_beside_what_the_form_shows(world, known, pattern):
    assert smuggled(world, pattern, known) == []


def test_the_fields_sent_were_counted(request, report):
    if sum(item.name.startswith("test_nothing_is_stored") for item in request.session.items) < len(PATTERNS):
        pytest.skip("Only some of the addresses were sent to.")

    report(
        f"{len(asked)} addresses that take a form sent {min(asked.values())} to {max(asked.values())} fields more: 0 stored"
    )
    assert len(asked) > 60


class Careless(AccountForm):
    """The control: a form that lets in what it does not show, and an action that stores whatever it is given."""

    def clean(self):
        return {**super().clean(), "is_superuser": self.data.get("is_superuser") == "on"}


def test_control_a_careless_form_is_found(world, known, monkeypatch):
    monkeypatch.setattr(accounts, "AccountForm", Careless)
    monkeypatch.setattr(profiles, "OWN_FIELDS", (*profiles.OWN_FIELDS, "is_superuser"))
    pattern = next(pattern for pattern in PATTERNS if pattern.name == "people:account")

    body = {"name": "Bo Holm", "language": "da"}
    (role, relation), *_ = writers_of(pattern, world)
    visitor, path = world.visitors[role], path_of(pattern, relation, role, world)
    alone, crowded = (stored_by(visitor, path, sent, known) for sent in (body, {"is_superuser": "on"} | body))

    assert different(alone, crowded) == [User._meta.label]
