"""Text out of files, and text made safe to store: no control characters, one kind of line break, one kind of æøå."""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from pypdf import PdfReader

MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_PAGES = 300
MAX_CHARACTERS = 1_000_000
LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
WORD_SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}


class TextUnavailable(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """No text can be read out of the file: broken, encrypted, too large, or of another kind."""

    code = "text_unavailable"


def clean_line(text: str) -> str:
    """One line, for titles, names and places: no control characters, no line breaks."""
    one_line = CONTROL.sub("", LINE_BREAKS.sub(" ", text))
    return unicodedata.normalize("NFC", one_line).strip()


def clean_text(text: str) -> str:
    """Several lines: line feeds and tabs stay, every other control character goes."""
    lines = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    return unicodedata.normalize("NFC", CONTROL_BUT_LINES.sub("", lines))


def extract(data: bytes, *, file_name: str) -> str:
    """The text of a PDF, DOCX or plain text file, for the writing guard and the search."""
    reader = READERS.get(PurePath(file_name).suffix.lower())
    if reader is None or len(data) > MAX_BYTES:
        raise TextUnavailable
    try:
        text = reader(data)
    except TextUnavailable:
        raise
    except Exception as error:  # a broken file fails in its reader's own hundred ways
        raise TextUnavailable from error
    return clean_text(text[:MAX_CHARACTERS])


def decode(data: bytes) -> str:
    """Text as Danish machines write it: UTF-8 or UTF-16 with or without mark, else Windows' own."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if encoding := _utf_16_without_mark(data):
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _utf_16_without_mark(data):
    sample = data[:2000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.4 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if half and sample[0::2].count(0) > half * 0.4 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _from_pdf(data):
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise TextUnavailable
    texts, length = [], 0
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or length > MAX_CHARACTERS:
            break
        texts.append(page.extract_text())
        length += len(texts[-1])
    return "\n".join(texts)


def _from_docx(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if WORD_PARTS.fullmatch(part.filename)]
        if not parts or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise TextUnavailable
        return "\n".join(_from_word_xml(archive.read(part)) for part in parts)


def _from_word_xml(xml):
    try:
        root = ElementTree.fromstring(xml)
    except DefusedXmlException as error:
        raise TextUnavailable from error
    return "\n".join(_from_paragraph(paragraph) for paragraph in root.iter(f"{WORD}p"))


def _from_paragraph(paragraph):
    return "".join(_from_run_part(part) for part in paragraph.iter())


def _from_run_part(part):
    if part.tag in {f"{WORD}t", f"{WORD}delText"}:
        return part.text or ""
    return WORD_SIGNS.get(part.tag, "")


READERS = {".pdf": _from_pdf, ".docx": _from_docx, ".txt": decode, ".md": decode}
