"""Is an uploaded file what its name says, of a kind we take, and without anything that runs?"""

import io
import unicodedata
from pathlib import PurePath
from typing import BinaryIO

from . import contents
from .contents import ContentDiffersFromName, HoldsProgram, TooMuchInside, UploadRefused

__all__ = [
    "ContentDiffersFromName",
    "HoldsProgram",
    "KindNotAllowed",
    "NameRefused",
    "TooMuchInside",
    "UploadEmpty",
    "UploadRefused",
    "UploadTooLarge",
    "check_upload",
]

LONGEST_NAME = 255
# A browser would run these whatever a list of allowed kinds may say.
NEVER = {"svg", "svgz", "html", "htm", "xhtml", "xml", "js", "mjs", "swf", "hta", "mht", "mhtml", "shtml", "php", "asp"}
# And these a machine; anywhere in a name, because some programs show only half of it.
NEVER |= {"exe", "com", "bat", "cmd", "scr", "msi", "ps1", "vbs", "vbe", "jse", "wsf", "lnk", "jar", "sh", "dll", "iso"}
NEVER |= {"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppam", "ppsm", "sldm"}
# Signs that are not seen, or turn round what is: control characters, and those that change the direction.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class UploadEmpty(UploadRefused):
    """Nothing is in the file."""

    code = "upload_empty"


class UploadTooLarge(UploadRefused):
    """More bytes than allowed."""

    code = "upload_too_large"


class KindNotAllowed(UploadRefused):
    """The name ends in something we do not take."""

    code = "kind_not_allowed"


class NameRefused(UploadRefused):
    """The name is not what one sees, leads somewhere, or is longer than any name."""

    code = "name_refused"


def check_upload(data_or_file: bytes | BinaryIO, *, file_name: str, allowed: set[str], max_bytes: int) -> str:
    """The file's kind, such as "pdf"; raises an ``UploadRefused`` otherwise. ``allowed`` holds kinds without dot."""
    kind = _kind_by_name(file_name, allowed)
    file = io.BytesIO(data_or_file) if isinstance(data_or_file, bytes) else data_or_file
    _check_size(file, max_bytes)
    file.seek(0)
    try:
        contents.check(file, kind)
    finally:
        file.seek(0)
    return kind


def _kind_by_name(name, allowed):
    if len(name) > LONGEST_NAME or any(unicodedata.category(sign) in UNSEEN or sign in "/\\" for sign in name):
        raise NameRefused
    endings = [ending.strip() for ending in name.lower().split(".")[1:]]
    kind = PurePath(name).suffix.lower().removeprefix(".")
    if kind not in allowed or NEVER.intersection(endings):
        raise KindNotAllowed
    return kind


def _check_size(file, max_bytes):
    file.seek(0, io.SEEK_END)
    size = file.tell()
    if size == 0:
        raise UploadEmpty
    if size > max_bytes:
        raise UploadTooLarge
