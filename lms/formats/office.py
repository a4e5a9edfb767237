"""The words in files of Word, Excel and PowerPoint: limits first, then the parts a reader would see."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 5_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED = 1
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
SHEET_PARTS = re.compile(r"xl/(?:worksheets/sheet\d+|sharedStrings|comments\d*|workbook|drawings/drawing\d+)\.xml")
SLIDE_PARTS = re.compile(r"ppt/(?:(?:slides|notesSlides)/\w+\d+|comments/\w+)\.xml")
WORD_SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
# A personal number that Excel has taken for a figure has lost its leading zero.
SHORT_NUMBER, PERSONAL_NUMBER = 9, 10


class TextUnavailable(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """No text can be read out of the file: broken, encrypted, too large, or of another kind."""

    code = "text_unavailable"


class TextEncrypted(TextUnavailable):
    """It asks for a password."""

    code = "text_encrypted"


class TextTooLong(TextUnavailable):
    """More than we read, packed or unpacked: nobody can say what stands in the rest."""

    code = "text_too_long"


def from_docx(data: bytes) -> str:
    parts = _parts(data, WORD_PARTS)
    return "\n".join(_from_word(part) for part in parts.values())


def from_xlsx(data: bytes) -> str:
    parts = _parts(data, SHEET_PARTS)
    shared = parts.get("xl/sharedStrings.xml")
    strings = [_joined(item, f"{SHEET}t") for item in shared.iter(f"{SHEET}si")] if shared is not None else []
    return "\n".join(line for name, part in parts.items() for line in _from_sheet(name, part, strings))


def from_pptx(data: bytes) -> str:
    parts = _parts(data, SLIDE_PARTS)
    paragraphs = [paragraph for part in parts.values() for paragraph in part.iter(f"{DRAWING}p")]
    return "\n".join(_joined(paragraph, f"{DRAWING}t") for paragraph in paragraphs)


def _parts(data: bytes, wanted: re.Pattern) -> dict[str, Element]:
    """The wanted parts of a file, none of them unpacked before it is known how large they are."""
    if data.startswith(OLE):
        raise TextEncrypted if ENCRYPTED_STREAM in data else TextUnavailable
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        parts = [entry for entry in entries if wanted.fullmatch(entry.filename)]
        if any(entry.flag_bits & ENCRYPTED for entry in parts):
            raise TextEncrypted
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in parts) > MAX_UNPACKED_BYTES:
            raise TextTooLong
        if not parts:
            raise TextUnavailable
        return {entry.filename: _tree(archive.read(entry)) for entry in parts}


def _tree(xml: bytes) -> Element:
    try:
        return ElementTree.fromstring(xml)
    except DefusedXmlException as error:
        raise TextUnavailable from error


def _joined(element: Element, tag: str) -> str:
    return "".join(part.text or "" for part in element.iter(tag))


def _from_word(part: Element) -> str:
    return "\n".join("".join(_word_sign(piece) for piece in paragraph.iter()) for paragraph in part.iter(f"{WORD}p"))


def _word_sign(piece: Element) -> str:
    if piece.tag in {f"{WORD}t", f"{WORD}delText"}:
        return piece.text or ""
    return WORD_SIGNS.get(piece.tag, "")


def _from_sheet(name: str, part: Element, strings: list[str]) -> Iterator[str]:
    """A line per row; of other parts a line per text, and of the workbook the names of its sheets."""
    if name == "xl/workbook.xml":
        yield from (sheet.get("name", "") for sheet in part.iter(f"{SHEET}sheet"))
    elif name.startswith("xl/worksheets/"):
        for row in part.iter(f"{SHEET}row"):
            yield "\t".join(_cell(cell, strings) for cell in row.iter(f"{SHEET}c"))
    elif name.startswith("xl/comments"):
        yield from (_joined(comment, f"{SHEET}t") for comment in part.iter(f"{SHEET}comment"))
    elif name.startswith("xl/drawings/"):
        yield from (_joined(paragraph, f"{DRAWING}t") for paragraph in part.iter(f"{DRAWING}p"))


def _cell(cell: Element, strings: list[str]) -> str:
    value = cell.findtext(f"{SHEET}v") or ""
    if cell.get("t") == "s" and value.isdecimal():
        return strings[int(value)]
    if value.isdecimal() and len(value) == SHORT_NUMBER:
        return value.zfill(PERSONAL_NUMBER)
    return value or _joined(cell, f"{SHEET}t")
