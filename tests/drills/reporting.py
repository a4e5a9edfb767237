"""What a test counted, wherever it stands: printed at the end of a run; ``bench/drills.py`` makes a page of it."""

import json
import os
from pathlib import Path

import pytest

COUNTED = "counted"


@pytest.fixture
def report(request):
    def write(sentence):
        # Travels with the outcome, so that it also comes home from another process.
        request.node.user_properties.append((COUNTED, sentence))
        if path := os.environ.get("FODFAESTE_DRILL_REPORT"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps({"drill": request.node.name.partition("[")[0], "counted": sentence}) + "\n")

    return write


def pytest_terminal_summary(terminalreporter):
    sentences = [
        f"{outcome.nodeid.partition('::')[0].removeprefix('tests/')}: {sentence}"
        for outcomes in ("passed", "failed")
        for outcome in terminalreporter.stats.get(outcomes, [])
        if outcome.when == "call"
        for name, sentence in outcome.user_properties
        if name == COUNTED
    ]
    if sentences:
        terminalreporter.section("counted")
        for sentence in sorted(sentences):
            terminalreporter.write_line(sentence)
