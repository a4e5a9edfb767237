"""Every form that changes a row leaves one in the log, and the log holds numbers and fixed words alone."""

import re
from collections import Counter

import pytest
from django.db import transaction

from lms.people.methods.verbs import VERBS
from lms.people.models import AuditEntry, User
from tests.access.addresses import body_of, path_of
from tests.access.noting import Noted, noted
from tests.access.patterns import all_patterns
from tests.access.test_nothing_is_kept import writers_of

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

PATTERNS = list(all_patterns())
WORD = re.compile(r"[a-z][a-z_]{2,39}")
KIND = re.compile(r"[a-z]+\.[a-z]+")
counted: Counter = Counter()


def send(world, role, path, body) -> Noted:
    """What one form changed, and what was noted of it; all of it is undone."""
    with transaction.atomic():
        world.visitors[role].get(path)  # what a page makes for itself when it is first looked at
        with noted() as found:
            world.visitors[role].post(path, body)
        transaction.set_rollback(True)
    counted.update(asked=1, changed=bool(found.tables), entries=len(found.entries))
    return found


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_form_that_changes_something_is_noted_in_numbers_and_fixed_words(world, pattern):
    counted.update(addresses=1)
    sent = [
        send(world, role, path_of(pattern, relation, role, world), body_of(pattern, world))
        for role, relation in writers_of(pattern, world)
    ]

    assert [found.tables for found in sent if found.is_silent] == []
    assert [entry for found in sent for entry in found.entries if says_more(entry)] == []


def says_more(entry: AuditEntry) -> bool:
    """Anything but a number, a moment or a word of the list."""
    texts = {field.name for field in AuditEntry._meta.fields if isinstance(getattr(entry, field.name), str)}
    is_plain = WORD.fullmatch(entry.verb) and KIND.fullmatch(entry.object_type) and entry.verb in VERBS
    return texts != {"verb", "object_type", "reason"} or not is_plain or entry.reason not in {*AuditEntry.Reason, ""}


def test_so_many_forms_changed_something(request, report):
    if counted["addresses"] < len(PATTERNS):
        pytest.skip("Only some of the addresses were asked for.")

    assert counted["changed"] > 0
    report(
        f"{counted['asked']} forms sent to {counted['addresses']} addresses: {counted['changed']} changed something, "
        f"and the log got {counted['entries']} rows of numbers and fixed words"
    )


@pytest.fixture
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_change_that_nobody_notes_is_caught(world, undone):
    with noted() as found:
        User.objects.filter(pk=world.member.pk).update(title="Noget andet")

    assert (found.tables, found.is_silent) == ({"people_user"}, True)


def test_view_whose_action_notes_nothing_is_caught(world, monkeypatch):
    monkeypatch.setattr("lms.people.actions.profiles.record", lambda **_values: None)
    body = {"name": "Et andet navn", "language": "da"}

    assert send(world, "job_consultant", "/min-konto/", body).is_silent


@pytest.mark.parametrize(
    "change", [{"verb": "Mette"}, {"verb": "hide_mette"}, {"reason": "Mette"}, {"object_type": "x"}]
)
def test_entry_that_says_more_is_caught(change):
    entry = AuditEntry(**{"verb": "hide", "object_type": "forum.post", "reason": ""} | change)

    assert says_more(entry)
