"""Is an uploaded file what its name says, and of a kind we take?"""

import io
import zipfile
from pathlib import PurePath
from typing import BinaryIO

SAMPLE_BYTES = 4096
OFFICE_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
# Where in the file, and what must stand there.
SIGNATURES = {
    "pdf": [(0, b"%PDF-")],
    "png": [(0, b"\x89PNG\r\n\x1a\n")],
    "jpg": [(0, b"\xff\xd8\xff")],
    "jpeg": [(0, b"\xff\xd8\xff")],
    "gif": [(0, b"GIF87a"), (0, b"GIF89a")],
    "mp4": [(4, b"ftyp")],
    "m4a": [(4, b"ftyp")],
    "mp3": [(0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")],
}
PLAIN = {"txt", "md", "csv", "ics", "vtt"}
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<iframe", b"<body", b"<head")
# A browser would run these whatever a list of allowed kinds may say.
NEVER = {"svg", "svgz", "html", "htm", "xhtml", "xml", "js", "mjs", "swf", "hta", "mht"}


class UploadRefused(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The file is not taken."""

    code = "upload_refused"


class UploadEmpty(UploadRefused):
    """Nothing is in the file."""

    code = "upload_empty"


class UploadTooLarge(UploadRefused):
    """More bytes than allowed."""

    code = "upload_too_large"


class KindNotAllowed(UploadRefused):
    """The name ends in something we do not take."""

    code = "kind_not_allowed"


class ContentDiffersFromName(UploadRefused):
    """The name says one kind, the bytes say another."""

    code = "content_differs_from_name"


def check_upload(data_or_file: bytes | BinaryIO, *, file_name: str, allowed: set[str], max_bytes: int) -> str:
    """The file's kind, such as "pdf"; raises an ``UploadRefused`` otherwise. ``allowed`` holds kinds without dot."""
    kind = PurePath(file_name).suffix.lower().removeprefix(".")
    if kind in NEVER or kind not in allowed:
        raise KindNotAllowed
    file = io.BytesIO(data_or_file) if isinstance(data_or_file, bytes) else data_or_file
    _check_size(file, max_bytes)
    file.seek(0)
    is_kind = _is_kind(file, kind)
    file.seek(0)
    if not is_kind:
        raise ContentDiffersFromName
    return kind


def _check_size(file, max_bytes):
    file.seek(0, io.SEEK_END)
    size = file.tell()
    if size == 0:
        raise UploadEmpty
    if size > max_bytes:
        raise UploadTooLarge


def _is_kind(file, kind):
    if kind in OFFICE_PARTS:
        return _is_office(file, OFFICE_PARTS[kind])
    sample = file.read(SAMPLE_BYTES)
    if kind in PLAIN:
        return _is_plain(sample)
    return any(sample[at : at + len(sign)] == sign for at, sign in SIGNATURES.get(kind, []))


def _is_office(file, part):
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return "[Content_Types].xml" in names and any(name.startswith(part) for name in names) and not has_macros


def _is_plain(sample):
    if sample.startswith(UTF_16_MARKS):
        return not _holds_markup(sample.replace(b"\0", b""))
    return b"\0" not in sample and not _holds_markup(sample)


def _holds_markup(sample):
    return any(sign in sample.lower() for sign in MARKUP)
