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
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "drills.md"
KINDS = {"drill": "Broken on purpose", "hypothesis": "Properties, 1,000 examples each"}
HEAD = """# Drills

What `make drills` found when it last ran: kill drills, races and properties at full count. `make test` runs each of \
them small. A figure about them counts as reached only when it stands here.
"""


def run(kind: str, folder: Path) -> tuple[list[ET.Element], dict[str, list[str]]]:
    """All tests of a kind, one after the other, so that none disturbs another; how they went, what they counted."""
    outcomes, counted = folder / f"{kind}.xml", folder / f"{kind}.jsonl"
    program = [sys.executable, "-m", "pytest", "-q", "-m", kind, f"--junitxml={outcomes}", "tests"]
    surroundings = os.environ | {"FODFAESTE_DRILL": "full", "FODFAESTE_DRILL_REPORT": str(counted)}
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
    lines, told = [f"\n## {title}\n"], set()
    for case in cases:
        name, seconds = case.get("name", ""), float(case.get("time", 0))
        plain = name.partition("[")[0]
        lines.append(f"- {name.removeprefix('test_').replace('_', ' ')}: {outcome_of(case)}, {seconds:.0f} s")
        if plain not in told:
            lines += [f"  - {sentence}" for sentence in counted.get(plain, [])]
            told.add(plain)
    return "\n".join(lines) + "\n"


def main() -> int:
    database = (os.environ.get("DATABASE_URL") or "sqlite").partition(":")[0]
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    page = HEAD + f"\n{when}, {os.cpu_count()} cores, Python {platform.python_version()}, {database}.\n"
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for kind, title in KINDS.items():
            cases, counted = run(kind, Path(folder))
            failed = failed or any(outcome_of(case) == "**failed**" for case in cases)
            page += section(title, cases, counted)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
