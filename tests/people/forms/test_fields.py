import pytest
from django.core.exceptions import ValidationError

from lms.people.forms.fields import LineField, LongField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Vejle ", "Vejle"), ("Vej\r\nle", "Vej le"), ("Vej\x00le", "Vejle"), ("Lokale\t2", "Lokale 2")],
)
def test_a_line_is_one_line_without_what_nobody_sees(typed, kept):
    assert LineField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "\x07", "\r\n", None])
def test_what_nobody_sees_is_nothing(typed):
    with pytest.raises(ValidationError):
        LineField().clean(typed)

    assert LineField(required=False).clean(typed) == ""


def test_a_long_text_keeps_its_lines():
    assert LongField().clean(" Først\r\nså\x07 \n") == "Først\nså"


def test_what_is_left_is_measured():
    assert LineField(max_length=3).clean("\x07abc\x07") == "abc"
