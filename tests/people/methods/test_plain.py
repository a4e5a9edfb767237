import pytest

from lms.people.methods.plain import readings


def texts(text):
    return [plain.text for plain in readings(text)]


def test_plain_text_has_one_reading():
    assert texts("Hej med dig") == ["Hej med dig"]


@pytest.mark.parametrize(
    "written, read",
    [
        ("&amp;nbsp;", " "),
        ("%2525", "%"),
        ("\\n\\t", "\n\t"),
        ("\\u0031\\x32", "12"),
        ("&lt;b&gt;1", "1"),
        ("<p>a</p><i>b</i>", "\na\nb"),
        ("a < b og c > d", "a < b og c > d"),
    ],
)
def test_the_last_reading_is_the_plainest(written, read):
    assert texts(written)[-1] == read


def test_signs_nobody_sees_are_left_out_and_every_digit_is_a_digit():
    assert texts("\u200b１\u0336٢③\u00ad\r\u2028²") == ["123\n2"]


def test_a_place_in_the_reading_is_a_place_in_the_original():
    plain = list(readings("x&#49;\u200b2"))[-1]

    assert plain.text == "x12"
    assert plain.span(1, 2) == (1, 6)
    assert plain.span(1, 3) == (1, 8)
    assert plain.is_split_before(2)
    assert not plain.is_split_before(1)


def test_decoding_ends_after_three_rounds():
    assert texts("%25252531") == ["%25252531", "%31"]
