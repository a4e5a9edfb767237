import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from lms.formats import office, text
from lms.formats.pdf import simple_document
from lms.formats.text import TextTooLong, TextUnavailable, can_be_read, clean_line, clean_text, decode, extract

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body, *, part="word/document.xml", prolog=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, f'<?xml version="1.0"?>{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def paragraph(*runs):
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def test_a_pdf_gives_its_text():
    assert extract(simple_document("Æbler", ["og øl"]), file_name="A.PDF").split() == ["Æbler", "og", "øl", "1"]


@pytest.mark.parametrize("limit", ["MAX_PAGES", "MAX_CHARACTERS"])
def test_a_pdf_is_read_to_its_end_or_not_at_all(monkeypatch, limit):
    data = simple_document("Lang", ["Mange ord her. " * 60] * 12)
    monkeypatch.setattr(text, limit, 1)

    with pytest.raises(TextTooLong):
        extract(data, file_name="a.pdf")


def test_a_text_is_read_to_its_end_or_not_at_all(monkeypatch):
    monkeypatch.setattr(text, "MAX_CHARACTERS", 1)

    with pytest.raises(TextTooLong):
        extract(b"to", file_name="a.txt")


@pytest.mark.parametrize(("name", "has_words"), [("a.PDF", True), ("b.xlsx", True), ("c.jpg", False), ("d", False)])
def test_pictures_and_sounds_hold_no_words(name, has_words):
    assert can_be_read(name) is has_words


def test_a_pdf_with_a_password_has_no_text():
    writer = PdfWriter(clone_from=io.BytesIO(simple_document("Hemmelig", ["x"])))
    writer.encrypt("kode", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(TextUnavailable):
        extract(out.getvalue(), file_name="a.pdf")


def test_a_word_file_gives_its_text_with_runs_joined_and_paragraphs_apart():
    data = docx(
        paragraph("01", "0190-1234") + "<w:p><w:r><w:t>æ</w:t><w:tab/><w:t>ø</w:t><w:br/><w:t>å</w:t></w:r></w:p>"
    )

    assert extract(data, file_name="case.docx") == "010190-1234\næ\tø\nå"


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footnotes.xml", "word/comments.xml", "word/footer2.xml"])
def test_what_stands_in_the_margins_of_a_word_file_is_read_too(part):
    assert extract(docx(paragraph("skjult"), part=part), file_name="case.docx") == "skjult"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_plain_text_is_read_in_every_encoding_danish_machines_write(encoding):
    words = "Blåbærgrød på øen, »sødt« – 5 €\nEn linje til"

    assert extract(words.encode(encoding), file_name="x.txt") == words


@pytest.mark.parametrize(
    "data, file_name",
    [
        (b"", "x.pdf"),
        (b"%PDF-1.7 broken", "x.pdf"),
        (simple_document("x", ["y"])[:600], "x.pdf"),
        (b"PK\x03\x04 broken", "x.docx"),
        (docx("<w:p>"), "x.docx"),
        (docx(paragraph("x"), part="xl/workbook.xml"), "x.docx"),
        (docx("&a;", prolog='<!DOCTYPE x [<!ENTITY a "b">]>'), "x.docx"),
        (docx("&a;", prolog='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]>'), "x.docx"),
        (b"x", "x.exe"),
        (b"x", "x"),
    ],
)
def test_a_file_that_cannot_be_read_has_no_text(data, file_name):
    with pytest.raises(TextUnavailable):
        extract(data, file_name=file_name)


def test_a_word_file_that_unpacks_to_too_much_is_not_unpacked():
    with pytest.raises(TextUnavailable):
        extract(docx(" " * (office.MAX_UNPACKED_BYTES + 1)), file_name="x.docx")


def test_a_file_of_too_many_bytes_is_not_read():
    with pytest.raises(TextUnavailable):
        extract(b"x" * (text.MAX_BYTES + 1), file_name="x.txt")


@given(st.binary(max_size=300), st.sampled_from(["x.pdf", "x.docx", "x.txt"]))
def test_broken_files_raise_nothing_but_that_their_text_is_unavailable(data, file_name):
    with contextlib.suppress(TextUnavailable):
        assert isinstance(extract(data, file_name=file_name), str)


def test_bytes_that_are_cut_in_half_are_still_decoded():
    assert decode(b"\xff\xfea\x00b") == "a\ufffd"


@pytest.mark.parametrize(
    "written, expected",
    [
        ("  Møde\r\nBcc: x@x.dk ", "Møde Bcc: x@x.dk"),
        ("a\x00b\x0bc\x85d\u2028e", "ab c d e"),
        ("a\tb", "a b"),
        ("\x1b[31mrød\x7f\x9b", "[31mrød"),
        ("A\u030ase", "Åse"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_a_clean_line_is_one_line(written, expected):
    assert clean_line(written) == expected


@pytest.mark.parametrize(
    "written, expected",
    [
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td"),
        ("a\x00\x0b\x7f\x9fb", "ab"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("A\u030ase", "Åse"),
    ],
)
def test_clean_text_keeps_its_lines(written, expected):
    assert clean_text(written) == expected
