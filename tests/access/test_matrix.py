"""Every address × every role × every relation: what ``matrix.csv`` says is what the site answers."""

import os
from collections import defaultdict
from dataclasses import replace

import pytest

from tests.access.addresses import body_of, kind_of, path_of
from tests.access.asking import ANY, HTMX, MISSING, SIGN_IN, ask, leads_back_to
from tests.access.patterns import Pattern, all_patterns
from tests.access.people import ROLES
from tests.access.rows import Cell, Row, read_rows, row_for
from tests.access.words import AGENCY, secrets_in

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

SIGN_IN_OF_PAGES = "sider/_util/login/"
PATTERNS = list(all_patterns())
ROWS = read_rows()
BASIC = ["GET", "POST"]
REFUSED = {SIGN_IN, "404", "403"}
# A link that is used up or unknown says so with a form for a new one; whoever is signed in meets 403 in both cases.
SAYS_MORE_THAN_MISSING = {
    "meetings:answer_by_link",
    "meetings:leave_by_link",
    "people:invitation",
    "people:regret_erasure",
}
# In full every cell is asked. Otherwise those whom a row names are, and of the rest each role once per relation, with one
# method or the other; of the addresses a »…*« row covers, each role once.
FULL = os.environ.get("FODFAESTE_DRILL") == "full"
# Part of signing in themselves: they lead on, not back.
DOORS = {
    "people:admin_login",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_trust",
    "mfa_login_webauthn",
    SIGN_IN_OF_PAGES,
}
requested: set[tuple[str, str]] = set()


def methods_of(pattern: Pattern) -> list[str]:
    """GET and POST always; others where a row names the pattern with them."""
    return BASIC + sorted({row.method for row in ROWS if row.pattern == pattern.name}.difference(BASIC))


def cells_of(pattern: Pattern, world) -> list[Cell]:
    kind = kind_of(pattern)
    relations = world.relations(kind) if kind else ["-"]
    return [
        Cell(pattern.name, method, role, relation)
        for method in methods_of(pattern)
        for relation in relations
        for role in ROLES
    ]


def asked_of(pattern: Pattern, world) -> list[tuple[Cell, str]]:
    """The cells to ask, each with what is expected; all of them have their row, asked or not."""
    rows = [row for row in ROWS if row.matches_name(pattern.name)]
    answers = {cell: row_for(cell, rows) for cell in cells_of(pattern, world)}
    asked = answers if FULL else some_of(answers, PATTERNS.index(pattern))
    return [(cell, answers[cell].expected) for cell in asked]


def some_of(answers: dict[Cell, Row], turn: int) -> list[Cell]:
    alike = defaultdict(list)
    for cell, row in answers.items():
        relation = "" if row.is_of_many else cell.relation
        method = "" if row.is_of_many or row.is_for_the_rest else cell.method
        alike[cell.role, relation, method].append(cell)
    return [cells[(turn + ROLES.index(role)) % len(cells)] for (role, _relation, _method), cells in alike.items()]


@pytest.fixture(scope="module")
def missing(world):
    """What each role is told of an address that does not exist."""
    return {role: ask(world, role, "GET", MISSING).content for role in ROLES}


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_address_answers_as_the_matrix_says(world, missing, pattern):
    wrong = [
        problem
        for cell, expected in asked_of(pattern, world)
        for problem in problems_of(cell, expected, pattern, world, missing)
    ]

    assert wrong == []


def problems_of(cell: Cell, expected: str, pattern: Pattern, world, missing) -> list[str]:
    path = path_of(pattern, cell.relation, cell.role, world)
    answer = ask(world, cell.role, cell.method, path, body_of(pattern, world) if cell.method == "POST" else None)
    requested.add((answer.route.replace("^", ""), cell.role))
    found = []
    if answer.route.replace("^", "") != pattern.route.replace("^", ""):
        found.append(f"{path} leads to {answer.route or 'nowhere'}")
    if not answer.is_as(expected):
        found.append(f"{answer.kind} instead of {expected}")
    if answer.kind == SIGN_IN and cell.name not in DOORS and not leads_back_to(answer, path):
        found.append(f"sign-in leads to {answer.location}")
    if expected != ANY and looks_unlike_missing(cell, answer, missing):
        found.append("the page says more than that of a missing address")
    found += [f"says »{word}«" for word in secrets_in(answer.body, cell.role)]
    return [f"{cell}: {problem}" for problem in found]


# Asked of every address beside what its rows name: never more is told than to a GET.
OTHER_WAYS = ("HEAD", "OPTIONS", HTMX)


def other_ways_of(pattern: Pattern, world) -> list[tuple[Cell, str]]:
    """In full all of them, as everybody. Otherwise one in turn, as one who is refused, or as anybody where nobody is."""
    rows = [row for row in ROWS if row.matches_name(pattern.name)]
    expected = {cell: row_for(cell, rows).expected for cell in cells_of(pattern, world) if cell.method == "GET"}
    refused = [cell for cell in expected if set(expected[cell].split("|")) <= REFUSED] or list(expected)
    turn = PATTERNS.index(pattern)
    one = [(OTHER_WAYS[turn % len(OTHER_WAYS)], refused[turn % len(refused)])]
    ways = [(way, cell) for way in OTHER_WAYS for cell in expected] if FULL else one
    return [(replace(cell, method=way), expected[cell]) for way, cell in ways]


def tells_no_more(answer, expected) -> bool:
    """A refusal of the way of asking tells nothing of the thing, and neither does an empty page."""
    is_empty = answer.kind == "405" or (answer.kind == "200" and not answer.body)
    return is_empty or answer.is_as(expected) or (answer.kind == "200" and not set(expected.split("|")) <= REFUSED)


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_no_other_way_of_asking_tells_more(world, pattern):
    wrong = []
    for cell, expected in other_ways_of(pattern, world):
        answer = ask(world, cell.role, cell.method, path_of(pattern, cell.relation, cell.role, world))
        wrong += [] if tells_no_more(answer, expected) else [f"{cell}: {answer.kind} instead of {expected}"]
        wrong += [f"{cell}: says »{word}«" for word in secrets_in(answer.body, cell.role)]

    assert wrong == []


def looks_unlike_missing(cell, answer, missing) -> bool:
    if answer.status != 404 or cell.method == "HEAD" or cell.name in SAYS_MORE_THAN_MISSING:
        return False
    if answer.route.startswith("admin/") and cell.role in AGENCY:
        return False  # Wagtail has a page of its own for those who may see everything there
    return answer.content != missing[cell.role]


def test_every_row_is_about_an_address_that_exists():
    names = {pattern.name for pattern in PATTERNS}

    idle = [row for row in ROWS if not any(row.matches_name(name) for name in names)]

    assert idle == []


def test_every_row_names_roles_that_exist():
    named = {role for row in ROWS for role in row.roles}

    assert named - {"*", *ROLES} == set()


def test_every_row_names_a_relation_of_the_thing_in_the_address(world):
    relations = {
        (p.name, relation) for p in PATTERNS for relation in (world.relations(kind_of(p)) if kind_of(p) else "-")
    }

    idle = [row for row in ROWS if not any(row.matches_name(n) and row.relation == r for n, r in relations)]

    assert idle == []


@pytest.mark.parametrize("pattern", [pattern for pattern in PATTERNS if kind_of(pattern)], ids=str)
def test_thing_in_an_address_is_met_as_ones_own_and_as_anothers(world, pattern):
    assert {"own", "other"} - set(world.relations(kind_of(pattern))) == set()


def test_every_address_was_requested_as_everybody(request, report):
    """Read from the routes the requests really took."""
    asked_all = sum(item.name.startswith("test_address_answers") for item in request.session.items) == len(PATTERNS)
    if not asked_all:
        pytest.skip("Only some of the addresses were asked for.")

    wanted = {(pattern.route.replace("^", ""), role) for pattern in PATTERNS for role in ROLES}

    report(f"{len(PATTERNS)} addresses, each as {len(ROLES)} roles")
    assert wanted - requested == set()
