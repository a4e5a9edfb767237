"""44 texts made to hold up a reader, and nesting without end, through every reader of ours: none holds up the site.

Measured in a process of its own, which is stopped when it takes too long; no test here trusts a clock for small things.
"""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.drills.conftest import FULL
from tests.drills.test_guard import SLOW

pytestmark = pytest.mark.drill

# The longest text a form of ours takes is 20,000 signs.
LENGTH = 20_000 if FULL else 4_000
NESTED = [
    "> ",
    "[",
    "](",
    "![",
    "*",
    "_",
    "**a ",
    "`",
    "- ",
    "  - ",
    "1. ",
    "<",
    "<a ",
    "&",
    "|",
    "~~",
    "#",
    "\\",
    "[a](",
    '{"a":[',
    "<x>",
    "(",
    "=?",
    ";=",
    '"',
    "BEGIN:VEVENT\r\n",
]
MOST_SECONDS = 1
# As many as tests/drills/slow.py names.
READERS = 16
# What the process itself takes to begin, on a busy machine.
PATIENCE = 600


def times_of(pieces):
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.slow"],
        input=json.dumps([(piece, LENGTH) for piece in pieces]),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
        cwd=settings.BASE_DIR,
        # One of the readers is there with the embedded database alone.
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", ["repeated", "nested"])
def test_no_text_holds_up_what_reads_it(kind, report):
    pieces = SLOW if kind == "repeated" else NESTED

    took = times_of(pieces)

    slowest, readers = max(took, key=took.get), len(took) // len(pieces)
    report(
        f"{len(pieces)} {kind} texts of {LENGTH:,} characters through {readers} readers: "
        f"the slowest took {took[slowest]:.2f} s ({slowest})"
    )
    assert len(took) == len(pieces) * READERS
    # In the small run on a busy machine the figure is shown and not judged: the process was not stopped, which is enough.
    assert not FULL or took[slowest] <= MOST_SECONDS, slowest


def test_pattern_that_runs_away_would_be_seen():
    """The control: the same watch on a pattern that tries everything."""
    program = "import re; re.match(r'(a+)+$', 'a' * 40 + 'b')"

    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", program], timeout=2, check=False)
