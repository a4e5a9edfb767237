from datetime import date

import pytest

from lms.meetings.methods.columns import find_columns
from lms.meetings.methods.participants import (
    Known,
    Municipality,
    Problem,
    Row,
    check_rows,
    clean_values,
    read_rows,
)

TODAY = date(2026, 11, 20)
VIBORG = Municipality(1, "0791", "Viborg")
COPENHAGEN = Municipality(2, "0101", "København")
AARHUS = Municipality(3, "0751", "Aarhus")
SONDERBORG = Municipality(4, "0540", "Sønderborg")
VESTHIMMERLANDS = Municipality(5, "0820", "Vesthimmerlands")
MUNICIPALITIES = (VIBORG, COPENHAGEN, AARHUS, SONDERBORG, VESTHIMMERLANDS)
KNOWN = Known(MUNICIPALITIES)
# A date that exists and four digits: the shape alone is blocked.
CPR = "010190-1234"


def read(*rows):
    numbered = [(number, list(cells)) for number, cells in enumerate(rows, start=1)]
    return read_rows(numbered, find_columns(numbered), TODAY)


def row(number=2, **values):
    return Row(
        number,
        {
            "name": "Mette Lindholm",
            "email": "mette@viborg.example",
            "municipality": "Viborg",
            "title": "",
            "phone": "",
            **values,
        },
    )


def problems(*rows, known=KNOWN):
    return [problem for checked in check_rows(list(rows), known) for problem in checked.problems]


def test_rows_keep_the_number_excel_shows():
    rows = read(["Navn", "E-mail"], ["Mette", "m@x.dk"], ["", ""], ["Rasmus", "r@x.dk"])

    assert [(row.number, row.values["name"]) for row in rows] == [(2, "Mette"), (4, "Rasmus")]


def test_first_and_last_name_become_one():
    assert (
        read(["Fornavn", "Efternavn", "E-mail"], ["Mette", "Lindholm", "m@x.dk"])[0].values["name"] == "Mette Lindholm"
    )


def test_headings_repeated_further_down_are_nobody():
    assert len(read(["Navn", "E-mail"], ["Mette", "m@x.dk"], ["Navn", "E-mail"])) == 1


def test_first_filled_column_counts():
    rows = read(["Navn", "E-mail", "Kommunekode", "Kommune"], ["Mette", "m@x.dk", "", "Viborg"])

    assert rows[0].values["municipality"] == "Viborg"


def test_cpr_number_in_any_column_is_emptied_and_named():
    in_own, in_extra = read(
        ["Navn", "E-mail", "CPR-nr.", ""], [f"Mette {CPR}", "m@x.dk", "", ""], ["Rasmus", "r@x.dk", CPR, CPR]
    )

    assert (in_own.values["name"], in_own.blocked) == ("", ("name",))
    assert (in_extra.values["name"], in_extra.blocked) == ("Rasmus", ("CPR-nr.", "4"))
    assert CPR not in repr([in_own, in_extra])


def test_cpr_number_is_a_problem_of_its_row():
    blocked = Row(2, row().values, ("CPR-nr.",))

    assert problems(blocked) == [Problem("CPR-nr.", "cpr")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<b>Mette</b> Lindholm", "Mette Lindholm"),
        ("Mette\x07 Lind\x00holm", "Mette Lindholm"),
        ("Mette\r\nLindholm", "Mette Lindholm"),
        ("  Mette Lindholm ", "Mette Lindholm"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("Søren Ærø-Åberg", "Søren Ærø-Åberg"),
    ],
)
def test_names_are_one_plain_line(typed, kept):
    assert clean_values({"name": typed})["name"] == kept


@pytest.mark.parametrize(
    "typed",
    [
        "METTE@Viborg.example",
        "Mette Lindholm <mette@viborg.example>",
        "mailto:mette@viborg.example",
        "mette@viborg.example;",
    ],
)
def test_addresses_lose_what_mail_programs_add(typed):
    assert clean_values({"email": typed})["email"] == "mette@viborg.example"


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("Viborg", VIBORG),
        ("viborg kommune", VIBORG),
        ("0791", VIBORG),
        ("791", VIBORG),
        ("791 Viborg", VIBORG),
        ("Københavns Kommune", COPENHAGEN),
        ("Koebenhavn", COPENHAGEN),
        ("Kobenhavn", COPENHAGEN),
        ("101", COPENHAGEN),
        ("Århus", AARHUS),
        ("Aarhus Kommune", AARHUS),
        ("SOENDERBORG", SONDERBORG),
        ("Sonderborg", SONDERBORG),
        ("Vesthimmerland", VESTHIMMERLANDS),
        ("Vesthimmerlands Kommune", VESTHIMMERLANDS),
    ],
)
def test_municipality_is_found_by_name_or_code(typed, municipality):
    assert check_rows([row(municipality=typed)], KNOWN)[0].municipality == municipality


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"name": ""}, Problem("name", "missing")),
        ({"name": "12 34"}, Problem("name", "not_a_name")),
        ({"name": "x" * 121}, Problem("name", "too_long", "120")),
        ({"email": ""}, Problem("email", "missing")),
        ({"email": "mette.viborg.example"}, Problem("email", "not_an_address")),
        ({"phone": "ring bare"}, Problem("phone", "not_a_number")),
        ({"municipality": ""}, Problem("municipality", "missing")),
        ({"municipality": "Vibborg"}, Problem("municipality", "unknown", "Vibborg")),
        ({"municipality": "9999"}, Problem("municipality", "unknown", "9999")),
    ],
)
def test_problem_names_its_column(values, problem):
    assert problems(row(**values)) == [problem]


def test_every_problem_of_a_row_is_named():
    assert [problem.column for problem in problems(row(name="", email="x", municipality="y"))] == [
        "name",
        "email",
        "municipality",
    ]


def test_same_address_twice_is_a_problem_of_the_later_row():
    assert problems(row(2), row(5, email="mette@viborg.example")) == [Problem("email", "twice", "2")]


def test_phone_may_be_written_as_people_do():
    assert problems(row(phone="+45 12 34 56 78")) == []


def test_manager_enrols_from_the_own_municipality_only():
    known = Known(MUNICIPALITIES, allowed=frozenset({VIBORG.id}))

    assert problems(row(), row(3, email="r@x.dk", municipality="Aarhus"), known=known) == [
        Problem("municipality", "not_yours", "Aarhus")
    ]


def test_manager_need_not_write_the_own_municipality():
    known = Known(MUNICIPALITIES, allowed=frozenset({VIBORG.id}))

    assert check_rows([row(municipality="")], known)[0].municipality == VIBORG


def test_manager_of_two_must_say_which():
    known = Known(MUNICIPALITIES, allowed=frozenset({VIBORG.id, AARHUS.id}))

    assert problems(row(municipality=""), known=known) == [Problem("municipality", "missing")]


def test_seat_for_another_municipality_is_a_problem_and_for_the_same_is_none():
    assert problems(row(), known=Known(MUNICIPALITIES, seats={"mette@viborg.example": AARHUS.id})) == [
        Problem("municipality", "seat_elsewhere")
    ]
    checked = check_rows([row()], Known(MUNICIPALITIES, seats={"mette@viborg.example": VIBORG.id}))[0]
    assert (checked.is_good, checked.has_seat) == (True, True)
