"""Pictures, drawn anew: what was hidden in the file, and where the photo was taken, stays behind."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from .contents import ContentDiffersFromName, TooMuchInside

# A phone's photo has 12 to 24 million; each takes four bytes, twice while it is turned the right way up.
MAX_PIXELS = 25_000_000
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "P", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
SAVED: dict[str, dict] = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 88},
}


def redrawn(data: bytes, *, kind: str) -> bytes:
    """The same picture as a new file of the same kind: upright, one frame, and nothing but its pixels.

    :raises TooMuchInside: before anything is unfolded.
    :raises ContentDiffersFromName: when it is no whole picture of that kind.
    """
    wanted = FORMATS[kind]
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=[wanted]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise TooMuchInside
            return _drawn(picture, wanted)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        IndexError,
    ) as error:
        raise ContentDiffersFromName from error


def _drawn(picture, wanted):
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    has_holes = "transparency" in picture.info or picture.mode.endswith(("A", "a"))
    if has_holes and wanted != "JPEG":
        picture = picture.convert("RGBA")
    elif picture.mode not in MODES[wanted]:
        picture = picture.convert("RGB")
    out = io.BytesIO()
    picture.info = {}
    picture.save(out, wanted, **SAVED[wanted], exif=b"", icc_profile=None)
    return out.getvalue()
