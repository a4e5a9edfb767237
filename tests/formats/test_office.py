"""Words in Office files, written by hand part by part."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from lms.formats import office
from lms.formats.office import TextEncrypted, TextTooLong, TextUnavailable, from_docx, from_pptx, from_xlsx

SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SLIDE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def sheet(*rows):
    lines = "".join(f"<row>{''.join(cells)}</row>" for cells in rows)
    return f"<worksheet {SHEET}><sheetData>{lines}</sheetData></worksheet>"


def test_a_workbook_gives_every_cell_of_every_sheet_row_by_row():
    workbook = Workbook()
    workbook.active.append(["Navn", "Tal"])
    workbook.active.append(["Mette", 12])
    workbook.create_sheet("Skjult ark").append(["010190-1234"])
    out = io.BytesIO()
    workbook.save(out)

    lines = from_xlsx(out.getvalue()).split("\n")

    assert sorted(lines) == sorted(["Navn\tTal", "Mette\t12", "010190-1234", "Sheet", "Skjult ark"])


def test_words_in_comments_and_boxes_of_a_sheet_are_read():
    data = packed(
        **{
            "xl/comments1.xml": f"<comments {SHEET}><comment><text><r><t>bag </t></r><r><t>cellen</t></r></text></comment></comments>",
            "xl/drawings/drawing1.xml": f"<d {SLIDE}><a:p><a:r><a:t>i en boks</a:t></a:r></a:p></d>",
        }
    )

    assert from_xlsx(data) == "bag cellen\ni en boks"


def test_a_number_that_lost_its_zero_in_a_sheet_gets_it_back():
    cells = ["<c><v>101901234</v></c>", "<c><v>12345678</v></c>", "<c><v>1.5</v></c>", "<c/>"]

    assert from_xlsx(packed(**{"xl/worksheets/sheet1.xml": sheet(cells)})) == "0101901234\t12345678\t1.5\t"


def test_slides_and_notes_give_a_line_for_each_paragraph():
    paragraph = "<a:p><a:r><a:t>0101</a:t></a:r><a:r><a:t>90-1234</a:t></a:r></a:p>"
    data = packed(
        **{
            "ppt/slides/slide1.xml": f"<s {SLIDE}>{paragraph}</s>",
            "ppt/notesSlides/notesSlide1.xml": f"<s {SLIDE}><a:p><a:r><a:t>note</a:t></a:r></a:p></s>",
        }
    )

    assert from_pptx(data) == "010190-1234\nnote"


@pytest.mark.parametrize("read", [from_docx, from_xlsx, from_pptx])
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (packed(other="x"), TextUnavailable),
        (office.OLE + b"\x00" * 100, TextUnavailable),
        (office.OLE + office.ENCRYPTED_STREAM, TextEncrypted),
    ],
)
def test_other_files_have_no_words(read, data, why):
    with pytest.raises(why):
        read(data)


def test_parts_behind_a_password_are_not_tried():
    data = bytearray(packed(**{"word/document.xml": "<x/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(TextEncrypted):
        from_docx(bytes(data))


def test_too_many_parts_are_not_unpacked():
    data = packed(**{f"word/media/{n}": "" for n in range(office.MAX_ENTRIES)}, **{"word/document.xml": "<x/>"})

    with pytest.raises(TextTooLong):
        from_docx(data)


def test_a_bomb_is_known_by_what_it_says_of_itself(monkeypatch):
    data = packed(**{"ppt/slides/slide1.xml": " " * (office.MAX_UNPACKED_BYTES + 1)})
    monkeypatch.setattr(zipfile.ZipFile, "read", None)  # not even begun

    with pytest.raises(TextTooLong):
        from_pptx(data)
    assert len(data) < 100_000
