"""Text out of files, and text made safe to store: no control characters, one kind of line break, one kind of æøå."""

import io
import re
import unicodedata
from pathlib import PurePath

from pypdf import PdfReader

from . import office
from .office import TextEncrypted, TextTooLong, TextUnavailable

__all__ = [
    "TextEncrypted",
    "TextTooLong",
    "TextUnavailable",
    "can_be_read",
    "clean_line",
    "clean_text",
    "decode",
    "extract",
]

MAX_BYTES = 25 * 1024 * 1024
MAX_PAGES = 300
MAX_CHARACTERS = 1_000_000
LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_line(text: str) -> str:
    """One line, for titles, names and places: no control characters, no line breaks."""
    one_line = CONTROL.sub("", LINE_BREAKS.sub(" ", text))
    return unicodedata.normalize("NFC", one_line).strip()


def clean_text(text: str) -> str:
    """Several lines: line feeds and tabs stay, every other control character goes."""
    lines = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    return unicodedata.normalize("NFC", CONTROL_BUT_LINES.sub("", lines))


def can_be_read(file_name: str) -> bool:
    """Whether a file so called holds words at all; a picture or a sound does not."""
    return PurePath(file_name).suffix.lower() in READERS


def extract(data: bytes, *, file_name: str) -> str:
    """The text of a PDF, an Office file or plain text, for the writing guard and the search. All of it, or none.

    :raises TextUnavailable: when it cannot be read to the end.
    """
    reader = READERS.get(PurePath(file_name).suffix.lower())
    if reader is None:
        raise TextUnavailable
    if len(data) > MAX_BYTES:
        raise TextTooLong
    try:
        text = reader(data)
    except TextUnavailable:
        raise
    except Exception as error:  # a broken file fails in its reader's own hundred ways
        raise TextUnavailable from error
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong
    return clean_text(text)


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
        raise TextEncrypted
    if len(reader.pages) > MAX_PAGES:
        raise TextTooLong
    texts, length = [], 0
    for page in reader.pages:
        texts.append(page.extract_text())
        length += len(texts[-1])
        if length > MAX_CHARACTERS:
            raise TextTooLong
    return "\n".join(texts)


READERS = {
    ".pdf": _from_pdf,
    ".docx": office.from_docx,
    ".xlsx": office.from_xlsx,
    ".pptx": office.from_pptx,
    ".txt": decode,
    ".md": decode,
    ".csv": decode,
}
