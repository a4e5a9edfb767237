"""The page of who may open what, made from the matrix."""

import importlib.util
import random

import pytest
from django.conf import settings

from tests.access.people import ROLES
from tests.access.rows import Row, read_rows


def load():
    path = settings.BASE_DIR / "bin" / "access_page.py"
    spec = importlib.util.spec_from_file_location("access_page", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


access_page = load()
HEAD = ["`x:page`", "one's own"]


def signs(*rows, pattern="x:page"):
    """The line for each relation, without the columns of roles nobody wrote about."""
    return access_page.lines_of(pattern, [Row(*row) for row in rows])


def sign_of(role, *rows):
    [line] = signs(*rows)
    return line[2 + list(access_page.ROLES).index(role)]


def test_columns_are_those_the_matrix_is_asked_as():
    assert tuple(access_page.ROLES) == ROLES


@pytest.mark.parametrize(
    ("get", "post", "sign"),
    [
        ("200", "302", "●"),
        ("200", "200|405", "○"),
        ("302", "405", "○"),
        ("405", "302", "▸"),
        ("404", "404", "–"),
        ("403", "403", "–"),
        ("signin", "signin", "→"),
        ("405|signin", "signin", "→"),
        ("any", "any", "·"),
    ],
)
def test_sign_says_what_one_may_do(get, post, sign):
    assert sign_of("editor", ("x:page", "GET", "*", "mine", get), ("x:page", "POST", "editor", "mine", post)) == sign


def test_what_only_opens_has_no_row_for_sending():
    assert sign_of("editor", ("x:page", "GET", "*", "-", "200")) == "○"


def test_each_relation_has_a_line_in_a_fixed_order():
    rows = [("x:page", "GET", "*", relation, "404") for relation in ("other", "strange", "mine")]

    assert [line[:2] for line in signs(*rows)] == [
        HEAD,
        ["`x:page`", access_page.RELATIONS["other"]],
        ["`x:page`", "strange"],
    ]


def test_role_the_full_name_does_not_tell_of_falls_back_to_the_beginning():
    rows = [("x:page", "GET", "editor", "-", "200"), ("x:*", "GET", "*", "-", "404")]

    assert (sign_of("editor", *rows), sign_of("moderator", *rows)) == ("○", "–")


def test_order_of_the_rows_does_not_matter():
    rows = read_rows()
    mixed = random.Random(7).sample(rows, len(rows))

    assert access_page.page(mixed) == access_page.page(rows)


def test_every_address_of_the_matrix_has_a_line():
    rows = read_rows()
    text = access_page.page(rows)

    assert [row.pattern for row in rows if f"| `{row.pattern}` |" not in text] == []


def test_page_in_the_docs_is_the_one_the_matrix_makes():
    assert access_page.main(["check"]) == 0


def test_stale_page_is_found_and_made_anew(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(access_page, "PAGE", tmp_path / "access.md")

    missing = access_page.main(["check"])
    written = access_page.main(["write"])
    access_page.PAGE.write_text(access_page.PAGE.read_text() + "| `x:new` |")
    stale = access_page.main(["check"])

    assert (missing, written, stale) == (1, 0, 1)
    assert "docs/access.md is not what the access matrix says" in capsys.readouterr().out


def test_anything_else_is_not_understood(capsys):
    assert access_page.main([]) == 2
