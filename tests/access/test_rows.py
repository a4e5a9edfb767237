"""The matrix's own grammar: a cell without a row, or with two, is found."""

import pytest

from tests.access.rows import COLUMNS, Cell, CoveredTwice, Row, Uncovered, read_rows, row_for

CELL = Cell("meetings:cohort", "GET", "editor", "own")


def row(pattern="meetings:cohort", method="GET", role="*", relation="own", expected="200"):
    return Row(pattern, method, role, relation, expected)


def test_role_named_comes_before_the_rest():
    rows = [row(expected="404"), row(role="instructor|editor")]

    assert row_for(CELL, rows).expected == "200"


def test_rest_is_who_no_row_names():
    rows = [row(expected="404"), row(role="instructor|supervisor")]

    assert row_for(CELL, rows).expected == "404"


def test_pattern_in_full_comes_before_a_beginning():
    rows = [row("meetings:*", expected="404"), row(), row("*", expected="signin")]

    assert row_for(CELL, rows) == rows[1]


def test_longest_beginning_comes_first():
    rows = [row("meetings:*", expected="404"), row("meetings:c*"), row("*", expected="signin")]

    assert row_for(CELL, rows) == rows[1]


def test_role_the_full_pattern_does_not_name_falls_back_to_its_beginning():
    rows = [row("meetings:*", expected="404"), row(role="instructor")]

    assert row_for(CELL, rows) == rows[0]


@pytest.mark.parametrize(
    "other",
    [row("meetings:cohorts"), row(method="POST"), row(role="instructor"), row(relation="other"), row("courses:*")],
)
def test_cell_without_a_row_is_found(other):
    with pytest.raises(Uncovered):
        row_for(CELL, [other])


@pytest.mark.parametrize("role", ["*", "editor|instructor"])
def test_cell_with_two_rows_is_found(role):
    with pytest.raises(CoveredTwice):
        row_for(CELL, [row(role=role), row(role=role, expected="404")])


def test_file_is_read_by_its_columns(tmp_path):
    path = tmp_path / "matrix.csv"
    path.write_text(",".join(COLUMNS) + "\nmeetings:cohort,GET,*,own,200\n", encoding="utf-8")

    assert read_rows(path) == [row()]


def test_file_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "matrix.csv"
    path.write_text("pattern,role,method,relation,expected\n", encoding="utf-8")

    with pytest.raises(ValueError, match="The columns are"):
        read_rows(path)
