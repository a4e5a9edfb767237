"""Runs the drills at full count, and writes docs/drills.md: when, how many, what came of it.

A drill is a test marked ``drill``, which breaks things on purpose, or one that hypothesis writes the examples of. Both
read the environment variable FODFAESTE_DRILL: ``make test`` runs them small, this program runs them in full.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "drills.md"
# By the title of the section: what pytest is told, and whether it is asked of the embedded database in any case.
RUNS = {
    "Broken on purpose": (["-m", "drill", "tests"], False),
    "Properties, 1,000 examples each": (["-m", "hypothesis", "tests"], False),
    "Broken on purpose, with the embedded database": (
        ["tests/drills/test_demo.py", "tests/drills/test_killed_erasure.py", "tests/drills/test_killed_web_worker.py"],
        True,
    ),
}
# A drill at full count takes longer than any test may.
PATIENCE = 3600
# More tests of one kind than this share a line.
FEW = 6
HEAD = """# Drills

What `make drills` found when it last ran: kill drills, races and properties at full count. `make test` runs each of \
them small. A figure about them counts as reached only when it stands here.
"""


def run(title: str, folder: Path) -> tuple[list[ET.Element], dict[str, list[str]]]:
    """All tests of a section, one after the other, so that none disturbs another; how they went, what they counted."""
    chosen, is_embedded = RUNS[title]
    outcomes, counted = folder / f"{title}.xml", folder / f"{title}.jsonl"
    program = [sys.executable, "-m", "pytest", "-q", f"--timeout={PATIENCE}", f"--junitxml={outcomes}", *chosen]
    surroundings = os.environ | {"FODFAESTE_DRILL": "full", "FODFAESTE_DRILL_REPORT": str(counted)}
    if is_embedded:
        surroundings.pop("DATABASE_URL", None)
    subprocess.run(program, cwd=ROOT, env=surroundings, check=False)
    return list(ET.parse(outcomes).iter("testcase")), read_counted(counted)  # noqa: S314 - our own file


def read_counted(path: Path) -> dict[str, list[str]]:
    sentences = defaultdict(list)
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            sentences[row["drill"]].append(row["counted"])
    return sentences


def outcome_of(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "**failed**"
    return "left out" if case.find("skipped") is not None else "passed"


def section(title: str, cases: list[ET.Element], counted: dict[str, list[str]]) -> str:
    """A line for each test, or one for all of a kind where there are many, and what they counted."""
    kinds = defaultdict(list)
    for case in cases:
        kinds[case.get("name", "").partition("[")[0]].append(case)
    lines = [f"\n## {title}\n"]
    for plain, alike in kinds.items():
        lines += (
            [line_for(case.get("name", ""), [case]) for case in alike]
            if len(alike) <= FEW
            else [line_for(plain, alike)]
        )
        lines += [f"  - {sentence}" for sentence in counted.get(plain, [])]
    return "\n".join(lines) + "\n"


def line_for(name: str, cases: list[ET.Element]) -> str:
    seconds = sum(float(case.get("time", 0)) for case in cases)
    outcomes = Counter(outcome_of(case) for case in cases)
    how = ", ".join(outcomes if len(cases) == 1 else (f"{count} {outcome}" for outcome, count in outcomes.items()))
    return f"- {name.removeprefix('test_').replace('_', ' ')}: {how}, {seconds:.0f} s"


def main() -> int:
    database = (os.environ.get("DATABASE_URL") or "sqlite").partition(":")[0]
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    page = HEAD + f"\n{when}, {os.cpu_count()} cores, Python {platform.python_version()}, {database}.\n"
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for title, (_chosen, is_embedded) in RUNS.items():
            if is_embedded and database == "sqlite":
                continue  # asked already
            cases, counted = run(title, Path(folder))
            failed = failed or any(outcome_of(case) == "**failed**" for case in cases)
            page += section(title, cases, counted)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
