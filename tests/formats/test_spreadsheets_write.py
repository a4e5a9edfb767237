import io
import re
import zipfile

import pytest

from lms.formats.spreadsheets import read_table, write_csv, write_xlsx

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
FORMULAS = [f"{sign}cmd|'/c calc'!A1" for sign in SIGNS] + [
    " =1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "+45 12=1",
    "-1+1",
    "+",
    '=HYPERLINK("x")',
]


def cells_in_xlsx(data):
    """Each cell's type and the formulas, read from the XML itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r'<c [^>]*?t="(\w+)"', sheet), re.findall(r"<f\b", sheet)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_file_is_a_formula(formula):
    written = write_csv([[formula, "næste"]]).decode("utf-8-sig")

    assert re.match(r"\"?[=+\-@\t\r\n＝＋－＠]", written.lstrip(" \ufeff\u200b")) is None


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_cell_of_a_workbook_is_text(formula):
    types, formulas = cells_in_xlsx(write_xlsx([[formula, 7, None]]))

    assert set(types) <= {"s", "inlineStr"}
    assert formulas == []


@pytest.mark.parametrize("phone", ["+45 12 34 56 78", "+4512345678"])
def test_a_phone_number_stays_readable(phone):
    assert write_csv([[phone]]).decode("utf-8-sig") == f"{phone}\r\n"


def test_csv_is_written_as_danish_excel_opens_it():
    assert write_csv([["Navn", "Antal"], ["Åse; Øst", 3], [None, "a\r\nb"]]) == (
        b"\xef\xbb\xbfNavn;Antal\r\n" + '"Åse; Øst";3\r\n;"a\nb"\r\n'.encode()
    )


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_what_is_written_can_be_read_back(write, count):
    rows = [[f"Åse {number}", "0012", "to\nlinjer"] for number in range(count)]

    assert read_table(write(rows), file_name="x").rows == list(enumerate(rows, start=1))


def test_control_characters_do_not_break_a_workbook():
    assert read_table(write_xlsx([["a\x00\x07b\ud800"]]), file_name="x.xlsx").rows == [(1, ["ab"])]


def test_no_rows_make_an_empty_file_that_opens():
    assert write_csv([]) == b"\xef\xbb\xbf"
    assert cells_in_xlsx(write_xlsx([])) == ([], [])
