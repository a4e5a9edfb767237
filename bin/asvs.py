#!/usr/bin/env python
"""Is every requirement of OWASP's ASVS 5.0, levels 1 and 2, answered in docs/asvs.csv, and is no answer dead?

An answer is a test of ours, a section of docs/security.md, a reason why the requirement does not apply, or the
admission that it is open. Prints one line per fault and exits 1 when there is one; otherwise it prints the counts.
"""

import ast
import csv
import hashlib
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ANSWERS, PAGE = "docs/asvs.csv", "docs/security.md"
COLUMNS = ["id", "level", "topic", "how", "where"]
HOWS = ("test", "manual", "not applicable", "open")
# All numbers of levels 1 and 2 as OWASP lists them, each with its level: none can be left out, or moved to level 3.
REQUIRED = {"1": 70, "2": 183}
FINGERPRINT = "db6d694ac41f4001"
SHORTEST_REASON = 2


def fingerprint(rows: list[dict]) -> str:
    lines = sorted(f"{row['id']} {row['level']}" for row in rows if row["level"] in REQUIRED)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


@cache
def tests_in(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def sections_of(page: Path) -> set[str]:
    return {
        line.removeprefix("## ").strip() for line in page.read_text(encoding="utf-8").splitlines() if line[:3] == "## "
    }


def faults(root: Path, rows: list[dict], required: str = FINGERPRINT):
    sections = sections_of(root / PAGE)
    for number, times in Counter(row["id"] for row in rows).items():
        if times > 1:
            yield f"{number} is answered {times} times"
    if fingerprint(rows) != required:
        counts = Counter(row["level"] for row in rows)
        yield f"the numbers are not those of levels 1 and 2: {dict(sorted(counts.items()))}, wanted {REQUIRED}"
    for path in sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", (root / PAGE).read_text(encoding="utf-8")))):
        if not (root / path).is_file():
            yield f"{PAGE} names {path}, which is not there"
    for row in rows:
        yield from (f"{row['id']}: {fault}" for fault in faults_of(root, row, sections))


def faults_of(root: Path, row: dict, sections: set[str]):
    if not all((row[column] or "").strip() for column in COLUMNS):
        yield "an empty cell"
    elif row["how"] not in HOWS:
        yield f"»{row['how']}« is no way of answering"
    elif row["how"] == "test":
        path, _colons, name = row["where"].partition("::")
        if not re.match(r"test_\w+$", name) or name not in tests_in(root / path):
            yield f"no such test: {row['where']}"
    elif row["how"] == "manual":
        if row["where"] not in sections:
            yield f"no such section in {PAGE}: {row['where']}"
    elif len(row["where"].split()) < SHORTEST_REASON:
        yield "no reason"


def read(root: Path) -> list[dict]:
    with (root / ANSWERS).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            sys.exit(f"{ANSWERS} needs the columns {', '.join(COLUMNS)}")
        return list(reader)


def main() -> int:
    rows = read(ROOT)
    found = list(faults(ROOT, rows))
    for fault in found:
        sys.stdout.write(f"asvs: {fault}\n")
    if not found:
        counts = Counter(row["how"] for row in rows)
        levels = Counter(row["level"] for row in rows)
        answered = ", ".join(f"{counts[how]} {how}" for how in HOWS)
        sys.stdout.write(
            f"ASVS 5.0: {levels['1']} of level 1, {levels['2']} of level 2, {levels['3']} of level 3: {answered}\n"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
