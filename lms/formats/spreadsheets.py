"""Tables as Danish Excel writes them, and tables Excel opens without running anything."""

import csv
import io
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from .text import clean_text, decode

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 1_000
MAX_ROWS = 5_000
MAX_ROWS_LOOKED_AT = 100_000
MAX_COLUMNS = 50
MAX_CELL_CHARACTERS = 10_000
ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<", b"{\\rtf", b"\x7fELF")
DELIMITERS = ";\t,"
DELIMITER_LINE = "sep="
FORMULA_SIGNS = "=+-@\t\r\n"
BYTE_ORDER_MARK = "\ufeff"


class FileUnreadable(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """No table could be read."""

    code = "file_unreadable"


class FileEmpty(FileUnreadable):
    """There is nothing in it."""

    code = "file_empty"


class FileTooLarge(FileUnreadable):
    """More bytes than we read, packed or unpacked."""

    code = "file_too_large"


class FileEncrypted(FileUnreadable):
    """It asks for a password."""

    code = "file_encrypted"


class FileBroken(FileUnreadable):
    """It begins like a workbook and cannot be read as one."""

    code = "file_broken"


class FileNotATable(FileUnreadable):
    """It is something else: a PDF, a picture, Excel's format from before 2007."""

    code = "file_not_a_table"


class TooManyRows(FileUnreadable):
    """More rows or columns than a list of people has."""

    code = "too_many_rows"


@dataclass(frozen=True)
class Table:
    """Rows with the numbers a person sees in Excel, each as wide as the widest."""

    rows: list[tuple[int, list[str]]]


def read_table(data: bytes, *, file_name: str = "") -> Table:  # noqa: ARG001 - names lie: the content decides
    """Read XLSX or CSV, whichever ``data`` turns out to be. ``file_name`` is for the caller's messages only."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileEmpty
    rows = _trimmed(_read_rows(data))
    if not rows:
        raise FileEmpty
    return Table(rows)


def _read_rows(data):
    if data.startswith(ZIP):
        return _xlsx_rows(data)
    if data.startswith(OLE):
        raise FileEncrypted if ENCRYPTED_STREAM in data else FileNotATable
    if data.lstrip().startswith(NOT_TABLES):
        raise FileNotATable
    return _csv_rows(decode(data))


def _xlsx_rows(data):
    _check_archive(data)
    try:
        with warnings.catch_warnings(action="ignore"):  # openpyxl tells of every style it does not know
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
            return list(_sheet_rows(sheet))
    except FileUnreadable:
        raise
    except Exception as error:  # a broken workbook fails in openpyxl's own hundred ways
        raise FileBroken from error


def _check_archive(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileBroken from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileEncrypted
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED_BYTES, MAX_RATIO * len(data)):
        raise FileTooLarge
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise FileNotATable


def _sheet_rows(sheet):
    found = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if number > MAX_ROWS_LOOKED_AT:  # a sheet may claim a row of any number; those before it come as blank
            raise TooManyRows
        values = [_as_text(cell.value) for cell in cells]
        if not any(values):
            continue
        found += 1
        _check_size(found, values)
        yield number, values


def _as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "SAND" if value else "FALSK"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y}" if value.time() == time() else f"{value:%d-%m-%Y %H:%M}"
    return _clean(str(value))


def _csv_rows(text):
    if "\0" in text:
        raise FileNotATable
    text = text.removeprefix(BYTE_ORDER_MARK)
    delimiter, skipped = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return list(_numbered(reader, skipped))
    except csv.Error as error:
        raise FileBroken from error


def _numbered(reader, skipped):
    """Excel counts a quoted cell with line breaks as one row."""
    found = 0
    for number, cells in enumerate(reader):
        values = [_clean(cell) for cell in cells]
        if number < skipped or not any(values):
            continue
        found += 1
        _check_size(found, values)
        yield number + 1 - skipped, values


def _delimiter(text):
    """The sign between the cells, and how many lines to skip: Excel may write "sep=;" on the first one."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith(DELIMITER_LINE) and first[len(DELIMITER_LINE) :]:
        return first[len(DELIMITER_LINE)], 1
    outside_quotes = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside_quotes.count), 0


def _check_size(found, values):
    while values and not values[-1]:
        values.pop()
    if found > MAX_ROWS or len(values) > MAX_COLUMNS:
        raise TooManyRows


def _clean(cell):
    return clean_text(cell.replace("\N{NO-BREAK SPACE}", " ")).strip()[:MAX_CELL_CHARACTERS]


def _trimmed(rows):
    width = max((len(values) for _number, values in rows), default=0)
    return [(number, values + [""] * (width - len(values))) for number, values in rows]


def write_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Semicolons and UTF-8 with mark, which Danish Excel opens with a double click."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(_harmless_row(row) for row in rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def write_xlsx(rows: Iterable[Iterable[object]]) -> bytes:
    """Every cell as text, so that nothing is a formula and no leading zero is lost."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in rows:
        sheet.append([_text_cell(sheet, value) for value in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _harmless_row(row: Iterable[object]) -> Iterator[str]:
    return (_harmless(clean_text("" if value is None else str(value))) for value in row)


def _harmless(text):
    """An apostrophe before what Excel could take for a formula; a phone number such as +45 12 34 56 78 stays."""
    visible = unicodedata.normalize("NFKC", text).lstrip(" \u200b\u200c\u200d\u2060\ufeff")
    is_phone = visible.startswith("+") and set(visible[1:]) <= set("0123456789 ") and visible[1:].strip()
    return f"'{text}" if visible[:1] and visible[0] in FORMULA_SIGNS and not is_phone else text


def _text_cell(sheet, value):
    cell = WriteOnlyCell(sheet, value="" if value is None else clean_text(str(value)))
    cell.data_type, cell.number_format = "s", "@"
    return cell
