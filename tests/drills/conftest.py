"""Drills break things on purpose. ``make test`` runs each of them small, ``make drills`` at full count."""

import json
import os
from pathlib import Path

import pytest

FULL = os.environ.get("FODFAESTE_DRILL") == "full"
MAILS = 400 if FULL else 40
SEEDS = (1, 2, 3) if FULL else (1,)
FEWEST_KILLS = 10 if FULL else 3


@pytest.fixture
def report(request):
    """Writes down what a drill counted; ``bench/drills.py`` makes a page of it."""

    def write(sentence):
        if path := os.environ.get("FODFAESTE_DRILL_REPORT"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps({"drill": request.node.name.partition("[")[0], "counted": sentence}) + "\n")

    return write
