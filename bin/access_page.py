#!/usr/bin/env python
"""The page that says who may open what: ``write`` makes docs/access.md from the access matrix, ``check`` compares.

The matrix is what the tests ask the running site, so the page cannot promise anything else.
"""

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.access.rows import MATRIX, Cell, Row, Uncovered, read_rows, row_for  # noqa: E402 - after the path

PAGE = ROOT / "docs" / "access.md"
ROLES = {
    "anonymous": "signed out",
    "job_consultant": "job consultant",
    "local_manager": "local manager",
    "instructor": "instructor",
    "supervisor": "supervisor",
    "provider_coordinator": "provider's coordinator",
    "editor": "editor",
    "ips_ambassador": "IPS ambassador",
    "psychiatry_partner": "psychiatry partner",
    "programme_manager": "programme manager",
    "moderator": "moderator",
    "administrator": "administrator",
    "former": "former member",
    "colleague": "colleague without a seat",
}
RELATIONS = {
    "-": "",
    "mine": "one's own",
    "own": "own group, cohort, provider or municipality",
    "own_group": "own supervision group",
    "other_group": "another supervision group",
    "other": "another cohort, provider or municipality",
    "draft": "not shown to anybody yet",
    "hidden": "hidden by a moderator",
}
# The first beginning that fits names the area.
AREAS = {
    "home:": "Front page, overview and search",
    "people:": "People, invitations, staff and work accounts",
    "meetings:": "Cohorts, meetings, seats and attendance",
    "courses:": "Course, teaching days and materials",
    "supervision:": "Supervision",
    "forum:": "Community",
    "wagtail": "The editors' admin, files and images",
    "admin": "The editors' admin, files and images",
    "sider": "The editors' admin, files and images",
    "": "Sign-in, second factors and sessions",
}
OPENS_AND_SENDS, OPENS, SENDS, NOT_FOUND, SIGN_IN, OWN_RULES = "●", "○", "▸", "–", "→", "·"
CLOSED = {"404", "403", "405", "429", "signin"}
INTRODUCTION = f"""# Who may open what

Made by `bin/access_page.py` from `tests/access/matrix.csv`; the tests ask the running site every one of these
questions. Do not edit it: change the matrix and run `.venv/bin/python bin/access_page.py write`.

How to read it: a line is an address of the site, and whose thing stands in it; a column is who asks, with the
memberships that hold today.

| sign | meaning |
|---|---|
| {OPENS_AND_SENDS} | opens the page, and may send its form |
| {OPENS} | opens the page |
| {SENDS} | has no page, and may send |
| {NOT_FOUND} | is told that there is no such page, as for one that never was |
| {SIGN_IN} | is asked to sign in |
| {OWN_RULES} | reaches a page of the packages for sign-in or editing, which has rules of its own inside |

A *former member* is somebody whose job ended yesterday; a *colleague without a seat* works in the same municipality
and is on no cohort. A `*` at the end of an address stands for all that begin so and have no line of their own.
"""


def page(rows: list[Row]) -> str:
    """The whole text. The order of the rows does not matter."""
    areas = defaultdict(list)
    for pattern in sorted({row.pattern for row in rows}):
        areas[area_of(pattern)].append(pattern)
    parts = [INTRODUCTION]
    for area in dict.fromkeys(AREAS.values()):
        lines = [line for pattern in areas[area] for line in lines_of(pattern, rows)]
        parts += [f"\n## {area}\n", table(lines)] if lines else []
    return "\n".join(parts)


def area_of(pattern: str) -> str:
    return next(area for beginning, area in AREAS.items() if pattern.startswith(beginning))


def lines_of(pattern: str, rows: list[Row]) -> list[list[str]]:
    present = {row.relation for row in rows if row.pattern == pattern}
    # What a line does not name falls back to a »…*« row, as in the tests.
    about = [row for row in rows if row.matches_name(pattern)]
    relations = [name for name in RELATIONS if name in present] + sorted(present - set(RELATIONS))
    return [
        [f"`{pattern}`", RELATIONS.get(relation, relation), *(sign(pattern, role, relation, about) for role in ROLES)]
        for relation in relations
    ]


def sign(pattern: str, role: str, relation: str, rows: list[Row]) -> str:
    """What the role may do there, from what is expected of opening and of sending."""
    opening, sending = (expected(pattern, method, role, relation, rows) for method in ("GET", "POST"))
    if "any" in opening:
        return OWN_RULES
    opens, sends = not opening & CLOSED, bool(sending) and not sending & CLOSED
    if opens:
        return OPENS_AND_SENDS if sends else OPENS
    if sends:
        return SENDS
    return SIGN_IN if "signin" in opening | sending else NOT_FOUND


def expected(pattern: str, method: str, role: str, relation: str, rows: list[Row]) -> set[str]:
    try:
        return set(row_for(Cell(pattern, method, role, relation), rows).expected.split("|"))
    except Uncovered:
        return set()


def table(lines: list[list[str]]) -> str:
    head = ["address", "whose", *ROLES.values()]
    rule = ["---", "---", *[":-:"] * len(ROLES)]
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, rule, *lines)) + "\n"


def main(arguments: list[str]) -> int:
    made = page(read_rows(MATRIX))
    if arguments == ["write"]:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if arguments != ["check"]:
        sys.stderr.write("access_page.py write | check\n")
        return 2
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == made:
        return 0
    sys.stdout.write("docs/access.md is not what the access matrix says: run bin/access_page.py write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
