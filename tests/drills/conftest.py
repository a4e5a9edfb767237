"""Drills break things on purpose. ``make test`` runs each of them small, ``make drills`` at full count."""

import os

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
