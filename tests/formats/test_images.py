"""Pictures drawn anew."""

import io

import pytest
from PIL import Image, PngImagePlugin

from lms.formats.contents import ContentDiffersFromName, TooMuchInside
from lms.formats.images import MAX_PIXELS, redrawn
from tests.courses.hostile_files import PDF, picture, png_claiming, with_place

KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", KINDS)
def test_picture_keeps_its_kind_and_its_size(kind):
    new = opened(redrawn(picture(KINDS[kind]), kind=kind))

    assert (new.format, new.size) == (KINDS[kind], (40, 30))


def test_place_and_maker_are_gone_and_the_picture_stands_upright():
    before, new = opened(with_place()), opened(redrawn(with_place(), kind="jpg"))

    assert before.getexif().get_ifd(0x8825) != {}
    assert (dict(new.getexif()), new.size) == ({}, (30, 40))


def test_words_hidden_in_a_picture_are_gone():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "010180-1234")
    words.add_text("XML:com.adobe.xmp", "<x>Fisk</x>", zip=True)
    data = picture("PNG", pnginfo=words, icc_profile=b"hidden")

    new = redrawn(data, kind="png")

    assert b"010180" in data
    assert set(opened(new).info) <= {"transparency"}
    assert not any(word in new for word in (b"010180", b"Fisk", b"hidden", b"tEXt", b"iCCP"))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
def test_every_way_of_holding_colours_in_a_png_survives(mode):
    assert opened(redrawn(picture("PNG", mode=mode), kind="png")).mode == mode


def test_holes_of_a_picture_with_a_palette_stay_holes():
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    out = io.BytesIO()
    palette.save(out, "PNG", transparency=1)

    assert opened(redrawn(out.getvalue(), kind="png")).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_photo_becomes_one_every_browser_shows(mode):
    assert opened(redrawn(picture("JPEG", mode=mode), kind="jpg")).mode in {"L", "RGB"}


def test_moving_picture_stands_still():
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    assert getattr(opened(redrawn(out.getvalue(), kind="webp")), "n_frames", 1) == 1


def test_the_last_pixel_allowed_is_drawn_and_the_next_is_not():
    side = int(MAX_PIXELS**0.5)
    assert side * side == MAX_PIXELS

    assert opened(redrawn(picture("PNG", size=(side, side), mode="1"), kind="png")).size == (side, side)
    with pytest.raises(TooMuchInside):
        redrawn(picture("PNG", size=(side, side + 1), mode="1"), kind="png")


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", PDF, picture("JPEG"), picture("PNG")[:-30], png_claiming(10, 10)[:40]]
)
def test_what_is_no_whole_picture_of_its_kind_is_refused(data):
    with pytest.raises(ContentDiffersFromName):
        redrawn(data, kind="png")


def test_picture_that_claims_more_than_a_machine_holds_is_refused():
    with pytest.raises((ContentDiffersFromName, TooMuchInside)):
        redrawn(png_claiming(60_000, 60_000), kind="png")
