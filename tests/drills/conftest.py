"""Drills break things on purpose. ``make test`` runs each of them small, ``make drills`` at full count."""

import json
import os
from pathlib import Path

import pytest

from tests.drills.crowd import Crowd

FULL = os.environ.get("FODFAESTE_DRILL") == "full"
MAILS = 400 if FULL else 40
SEEDS = (1, 2, 3) if FULL else (1,)
FEWEST_KILLS = 50 if FULL else 3
# How many race, how often, and how often the controls do.
CROWD, ROUNDS, FEW_ROUNDS = (50, 20, 5) if FULL else (12, 3, 2)
KILLS = 20 if FULL else 1
PEOPLE = 50 if FULL else 10


@pytest.fixture
def report(request):
    """Writes down what a drill counted; ``bench/drills.py`` makes a page of it."""

    def write(sentence):
        if path := os.environ.get("FODFAESTE_DRILL_REPORT"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps({"drill": request.node.name.partition("[")[0], "counted": sentence}) + "\n")

    return write


@pytest.fixture(scope="module")
def arena(django_db_setup, django_db_blocker, copies):
    """Rows that are committed, for other processes to see. Each race brings its own, so one copy serves a module."""
    with django_db_blocker.unblock():
        yield
        copies.copy()


@pytest.fixture(scope="session")
def crowd():
    crowd = Crowd(CROWD)
    yield crowd
    crowd.go_home()
