import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import spreadsheets
from lms.formats.pdf import simple_document
from lms.formats.spreadsheets import FileUnreadable, read_table
from tests.formats.workbooks import parts, row, workbook, zipped

ROWS = [(1, ["Navn", "E-mail"]), (2, ["Åse Sørensen", "aase@example.dk"]), (3, ["Bjørn Ægidius", "b@example.dk"])]
CSV = "Navn;E-mail\r\nÅse Sørensen;aase@example.dk\r\nBjørn Ægidius;b@example.dk\r\n"


def rows(data, file_name="kursister.csv"):
    return read_table(data, file_name=file_name).rows


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    assert rows(CSV.replace(";", delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize(
    "data, expected",
    [
        (b"Navn;By\r\nJ\xf8rgen;\xc5rhus\r\n", [(1, ["Navn", "By"]), (2, ["Jørgen", "Århus"])]),
        (b"\xef\xbb\xbfNavn;By\nJ\xc3\xb8rgen;x\n", [(1, ["Navn", "By"]), (2, ["Jørgen", "x"])]),
        (b"\xff\xfeN\x00;\x00B\x00\r\x00\n\x00\xf8\x00;\x00x\x00", [(1, ["N", "B"]), (2, ["ø", "x"])]),
        (b"\xfe\xff\x00N\x00;\x00B\x00\n\x00\xf8\x00;\x00x", [(1, ["N", "B"]), (2, ["ø", "x"])]),
        (
            b'a;b\r\n"to\r\nlinjer";"citat ""her"";"\r\nc;d',
            [(1, ["a", "b"]), (2, ["to\nlinjer", 'citat "her";']), (3, ["c", "d"])],
        ),
        (b"sep=,\r\na;x,b\r\n", [(1, ["a;x", "b"])]),
        (b'"a,b,c";d\r\n', [(1, ["a,b,c", "d"])]),
        (b"a;b\r\n\r\n;\r\nc;d\r\n", [(1, ["a", "b"]), (4, ["c", "d"])]),
        (b"a;b;;;\r\nc;d;;;\r\n;;;;\r\n;;;;\r\n", [(1, ["a", "b"]), (2, ["c", "d"])]),
        (b"a;b\r\nc\r\n", [(1, ["a", "b"]), (2, ["c", ""])]),
        (b"a\rb\r", [(1, ["a"]), (2, ["b"])]),
        (b"  a\xa0 ; b\t\r\n", [(1, ["a", "b"])]),
        (b"a\x07b;c", [(1, ["ab", "c"])]),
        (b"PK;b", [(1, ["PK", "b"])]),
    ],
)
def test_csv_written_byte_by_byte(data, expected):
    assert rows(data) == expected


def test_a_workbook_is_read_with_the_row_numbers_excel_shows():
    data = workbook(row(2, "Navn", "E-mail") + row(5, "Åse", "a@x.dk") + row(7, "", ""))

    assert rows(data) == [(2, ["Navn", "E-mail"]), (5, ["Åse", "a@x.dk"])]


def test_shared_strings_numbers_dates_and_truths_become_what_a_person_sees():
    cells = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>12345678</v></c><c r="C1"><v>1.5</v></c>'
        '<c r="D1" s="1"><v>46348</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" s="1"><v>46348.5</v></c>'
        '<c r="G1"><f>1+1</f><v>2</v></c><c r="I1" t="b"><v>0</v></c></row>'
    )

    assert rows(workbook(cells, ["nej", "Ja &amp; jo"])) == [
        (1, ["Ja & jo", "12345678", "1,5", "22-11-2026", "SAND", "22-11-2026 12:00", "2", "", "FALSK"])
    ]


def test_a_line_break_in_a_cell_stays_and_blank_columns_at_the_end_go():
    data = workbook(row(1, "a", "b", "") + row(2, "to\nlinjer", "", ""))

    assert rows(data) == [(1, ["a", "b"]), (2, ["to\nlinjer", ""])]


def test_a_thousand_styled_but_blank_rows_count_for_nothing():
    blank = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(2, 7_000))

    assert rows(workbook(row(1, "a") + blank)) == [(1, ["a"])]


def test_names_do_not_decide_what_a_file_is():
    assert rows(workbook(row(1, "a", "b")), "liste.csv") == [(1, ["a", "b"])]
    assert rows(b"a;b", "liste.xlsx") == [(1, ["a", "b"])]


@pytest.mark.parametrize(
    "data", [b"", b"   \r\n", b"\xef\xbb\xbf", b"\xff\xfe\r\x00\n\x00", b";;;\r\n;;\r\n", workbook("")]
)
def test_a_file_with_nothing_in_it_is_empty(data):
    with pytest.raises(spreadsheets.FileEmpty):
        rows(data)


@pytest.mark.parametrize(
    "data",
    [
        simple_document("x", ["y"]),
        b"\x89PNG\r\n\x1a\n\0\0",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"GIF89a",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"<html><table><tr><td>x</td></tr></table>",
        b"{\\rtf1 x}",
        b"ID3\x04\0\0\0\x01abc",
        zipped({"word/document.xml": "<x/>"}),
        zipped({"readme.txt": "x"}),
    ],
)
def test_what_is_no_table_is_refused(data):
    with pytest.raises(spreadsheets.FileNotATable):
        rows(data, "liste.xlsx")


def test_an_encrypted_workbook_is_known_as_such():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100

    with pytest.raises(spreadsheets.FileEncrypted):
        rows(data, "liste.xlsx")


def test_a_zip_file_with_a_password_is_known_as_such():
    data = bytearray(workbook(row(1, "a")))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)

    with pytest.raises(spreadsheets.FileEncrypted):
        rows(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and no more",
        workbook(row(1, "a"))[:400],
        zipped({"xl/workbook.xml": "<workbook"}),
        zipped(parts("") | {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row"}),
        zipped(parts("") | {"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'}),
        b'a;"' + b"x" * 200_000,
    ],
)
def test_a_broken_file_is_known_as_such(data):
    with pytest.raises(spreadsheets.FileBroken):
        rows(data, "liste.xlsx")


def test_the_last_row_we_read_is_the_five_thousandth():
    assert len(rows(b"a;b\r\n" * 5_000)) == 5_000
    with pytest.raises(spreadsheets.TooManyRows):
        rows(b"a;b\r\n" * 5_001)


def test_the_last_column_we_read_is_the_fiftieth():
    assert len(rows(b";".join([b"a"] * 50))[0][1]) == 50
    with pytest.raises(spreadsheets.TooManyRows):
        rows(b";".join([b"a"] * 51))


def test_a_workbook_with_too_many_rows_is_refused():
    data = workbook("".join(row(number, "a") for number in range(1, 5_002)))

    with pytest.raises(spreadsheets.TooManyRows):
        rows(data)


def test_a_row_that_claims_to_be_the_billionth_is_not_counted_up_to():
    data = workbook(row(1, "a") + '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>')

    with pytest.raises(spreadsheets.TooManyRows):
        rows(data)


@pytest.mark.parametrize(
    "data",
    [
        b"a" * (10 * 1024 * 1024 + 1),
        zipped(parts("") | {"xl/media/bomb.bin": b"\0" * 20_000_000}),
        zipped(parts("") | {f"xl/media/{number}.bin": "x" for number in range(1_001)}),
    ],
)
def test_a_file_too_large_packed_or_unpacked_is_refused_before_it_is_read(data):
    with pytest.raises(spreadsheets.FileTooLarge):
        rows(data)


def test_a_cell_is_cut_before_it_is_a_book():
    assert rows(b"a;" + b"b" * 20_000) == [(1, ["a", "b" * 10_000])]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_fact(data):
    with contextlib.suppress(FileUnreadable):
        assert rows(data)


def test_every_fact_has_its_own_code():
    facts = FileUnreadable.__subclasses__()

    assert sorted(fact.code for fact in facts) == [
        "file_broken",
        "file_empty",
        "file_encrypted",
        "file_not_a_table",
        "file_too_large",
        "too_many_rows",
    ]
