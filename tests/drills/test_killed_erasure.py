"""Whoever erases somebody is killed in the middle: nothing has happened, or everything; and the next run ends it."""

import io
import signal
from collections import Counter
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.people.methods.privacy import Erasure, the_register
from lms.people.models import FileToErase, User
from lms.people.queries.personal import counts_of
from tests.drills.conftest import FULL
from tests.drills.erasing import AFTER_COMMIT, die_erasing
from tests.drills.faults import WRITES
from tests.people.dump import places_of
from tests.people.held import make_held, make_places

pytestmark = [pytest.mark.usefixtures("arena"), pytest.mark.drill]
KILLS = 60 if FULL else 5
# The logs keep a number, which leads to nobody afterwards.
NUMBERED = {line.model for line in the_register().lines if line.erasure == Erasure.NUMBER}


@pytest.fixture
def folder(settings, tmp_path):
    for name in ("MEDIA_ROOT", "PRIVATE_ROOT", "MAIL_FOLDER"):
        path = tmp_path / name.lower()
        path.mkdir()
        setattr(settings, name, path)
    return str(settings.MEDIA_ROOT)


@pytest.fixture(scope="module")
def places(arena):
    return make_places()


def somebody(places, number):
    word = "abcdefghijklmnopqrstuvwxyz"[number // 26] + "abcdefghijklmnopqrstuvwxyz"[number % 26]
    return make_held(places, name=f"Zeisig{word} Vogel{word}", tag=f"amsel{word}", phone=f"516273{number:02d}")


def erased(held):
    call_command("erase_person", held.person.email, stdout=io.StringIO())


def stored_of(held):
    """Not what this process still remembers: the other one cannot make it forget, and the cache does after minutes."""
    cache.clear()
    return places_of(held.identity)


def files_of(held):
    return [path.name for path in Path(default_storage.location).rglob("*") if held.tag in path.name]


def writes_of_one(places, folder) -> int:
    held = somebody(places, 99)
    with CaptureQueriesContext(connection) as queries:
        erased(held)
    return sum(query["sql"].startswith(WRITES) for query in queries.captured_queries)


def test_killed_at_any_write_nothing_is_lost_and_the_next_run_ends_it(places, folder, report):
    writes = writes_of_one(places, folder)
    at = sorted({1 + round(number * (writes - 1) / (KILLS - 1)) for number in range(KILLS)})

    outcomes = Counter()
    for number, write in enumerate(at):
        held = somebody(places, number)
        before, tells = counts_of(held.person), stored_of(held)
        assert die_erasing(held.person.email, folder, write) == -signal.SIGKILL
        left = (counts_of(held.person), stored_of(held))
        done = (Counter({model: count for model, count in before.items() if model in NUMBERED}), {})
        outcomes["nothing" if left == (before, tells) else "everything" if left == done else "half"] += 1
        erased(held)
        assert (stored_of(held), files_of(held)) == ({}, [])

    summary = f"{outcomes['nothing']} had done nothing, {outcomes['everything']} everything, {outcomes['half']} half"
    report(f"{len(at)} kills spread over {writes} writes: {summary}; the next run left nothing of them")
    assert outcomes["half"] == 0
    assert outcomes["nothing"] >= KILLS - 2


def test_killed_before_the_files_go_the_next_run_deletes_them(places, folder):
    held = somebody(places, 80)

    assert die_erasing(held.person.email, folder, AFTER_COMMIT) == -signal.SIGKILL
    gone, left, noted = not User.objects.filter(pk=held.person.pk).exists(), files_of(held), FileToErase.objects.count()
    erased(held)

    assert (gone, len(left) >= 2, noted >= 4) == (True, True, True)
    assert (files_of(held), FileToErase.objects.count()) == ([], 0)


def test_without_a_transaction_a_kill_leaves_halves(places, folder, report):
    """The control: should this leave nobody in pieces, the kills above prove nothing."""
    held = somebody(places, 90)
    before = counts_of(held.person)

    assert die_erasing(held.person.email, folder, 40, transactions=False) == -signal.SIGKILL

    after = counts_of(held.person)
    report(f"without a transaction, {len(before) - len(after)} of {len(before)} kinds of rows were gone after a kill")
    assert 0 < len(after) < len(before)
