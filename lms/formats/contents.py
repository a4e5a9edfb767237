"""What the bytes of a file say: are they of a kind, how much is folded into them, and does anything in them run?"""

import re
import zipfile
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

OFFICE_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
# Where in the file, and what must stand there.
SIGNATURES = {
    "png": [(0, b"\x89PNG\r\n\x1a\n")],
    "jpg": [(0, b"\xff\xd8\xff")],
    "jpeg": [(0, b"\xff\xd8\xff")],
    "webp": [(8, b"WEBPVP8")],
    "gif": [(0, b"GIF87a"), (0, b"GIF89a")],
    "mp4": [(4, b"ftyp")],
    "m4a": [(4, b"ftyp")],
    "mp3": [(0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")],
}
SAMPLE_BYTES = 16
PLAIN = {"txt", "md", "csv", "ics", "vtt"}
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MARKUP = re.compile(
    rb"<(?:!doctype|html|svg|script|\?xml|\?php|iframe|body|head|object|embed|meta|base)\b", re.IGNORECASE
)
ZIP = b"PK\x03\x04"
MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
# Macros, controls, and programs wrapped up as pictures of themselves.
PROGRAM_PARTS = re.compile(r"vbaproject|vbadata|/activex/|/macrosheets/|oleobject\d*\.bin$|\.(?:exe|js|vbs|bat|dll)$")
MACROS = b"macroenabled"
RELATIONS_BYTES = 1024 * 1024
# A template, an object or a frame fetched from elsewhere when the file is opened; a link one clicks is no such thing.
FETCHED = re.compile(rb"/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath|aFChunk)\"")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
PDF_START, PDF_END = b"%PDF-", b"%%EOF"
PDF_END_WITHIN = 1024
MAX_PDF_OBJECTS = 100_000
PDF_PROGRAMS = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/ImportData"}


class UploadRefused(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The file is not taken."""

    code = "upload_refused"


class ContentDiffersFromName(UploadRefused):
    """The name says one kind, the bytes say another."""

    code = "content_differs_from_name"


class HoldsProgram(UploadRefused):
    """Macros, scripts, or another file inside that starts by itself."""

    code = "holds_program"


class TooMuchInside(UploadRefused):
    """Unfolded it would be larger than anything honest."""

    code = "too_much_inside"


def check(file: BinaryIO, kind: str) -> None:
    """:raises UploadRefused: for what is not of ``kind``, and for what we would not hand on."""
    if kind in OFFICE_PARTS:
        _check_office(file, OFFICE_PARTS[kind])
    elif kind == "pdf":
        _check_pdf(file)
    elif kind in PLAIN:
        _check_plain(file.read())
    else:
        sample = file.read(SAMPLE_BYTES)
        if not any(sample[at : at + len(sign)] == sign for at, sign in SIGNATURES.get(kind, [])):
            raise ContentDiffersFromName


def _check_plain(data):
    if data.startswith(UTF_16_MARKS):
        data = data.replace(b"\0", b"")
    if b"\0" in data or MARKUP.search(data):
        raise ContentDiffersFromName


def _check_office(file, part):
    if file.read(len(ZIP)) != ZIP:
        raise ContentDiffersFromName  # something else stands before it: then it is two files in one
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive.infolist(), file)
            _check_parts(archive, part)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, KeyError) as error:
        raise ContentDiffersFromName from error


def _check_entries(entries, file):
    unpacked = sum(entry.file_size for entry in entries)
    size = file.seek(0, 2)
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED_BYTES, MAX_RATIO * size):
        raise TooMuchInside


def _check_parts(archive, part):
    names = archive.namelist()
    if "[Content_Types].xml" not in names or not any(name.startswith(part) for name in names):
        raise ContentDiffersFromName
    if any(PROGRAM_PARTS.search(f"/{name.lower()}") for name in names):
        raise HoldsProgram
    if MACROS in _beginning(archive, "[Content_Types].xml").lower():
        raise HoldsProgram
    for name in names:
        if name.endswith(".rels") and _fetches(_beginning(archive, name)):
            raise HoldsProgram


def _beginning(archive, name):
    with archive.open(name) as part:
        return part.read(RELATIONS_BYTES)


def _fetches(relations):
    return any(FETCHED.search(line) and EXTERNAL.search(line) for line in relations.split(b"<"))


def _check_pdf(file):
    data = file.read()
    if not data.startswith(PDF_START) or PDF_END not in data[-PDF_END_WITHIN:]:
        raise ContentDiffersFromName
    file.seek(0)
    try:
        is_program = _holds_program(PdfReader(file))
    except UploadRefused:
        raise
    except Exception as error:  # a broken file fails in its reader's own hundred ways
        raise ContentDiffersFromName from error
    if is_program:
        raise HoldsProgram


def _holds_program(reader):
    """Every object of the file, those packed in streams and those no page leads to as well."""
    if reader.is_encrypted and not reader.decrypt(""):
        return False  # nobody can read it: the writing guard refuses it
    if not reader.pages:
        raise ContentDiffersFromName
    numbers = {number for generation in reader.xref.values() for number in generation} | set(reader.xref_objStm)
    if len(numbers) > MAX_PDF_OBJECTS:
        raise TooMuchInside
    things = [reader.trailer, *(reader.get_object(IndirectObject(number, 0, reader)) for number in sorted(numbers))]
    return any(_names_program(thing) for thing in things)


def _names_program(thing):
    """Whether any name in it, as key or as value, is that of something that runs; others are met on their own."""
    waiting = [thing]
    while waiting:
        here = waiting.pop()
        if isinstance(here, DictionaryObject):
            waiting += [part for pair in dict.items(here) for part in pair]
        elif isinstance(here, ArrayObject):
            waiting += list.__iter__(here)
        elif isinstance(here, NameObject) and here in PDF_PROGRAMS:
            return True
    return False
