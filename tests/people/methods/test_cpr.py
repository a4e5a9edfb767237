from datetime import date

import pytest

from lms.people.methods import cpr


@pytest.mark.parametrize(
    "digits, expected",
    [
        ("0101001234", date(1900, 1, 1)),
        ("3112993999", date(1999, 12, 31)),
        ("0101364000", date(2036, 1, 1)),
        ("0101374000", date(1937, 1, 1)),
        ("0101575000", date(2057, 1, 1)),
        ("0101585000", date(1858, 1, 1)),
        ("3112998999", date(1899, 12, 31)),
        ("0101369000", date(2036, 1, 1)),
        ("0101379000", date(1937, 1, 1)),
        ("6101901234", date(1990, 1, 1)),
        ("9112901234", date(1990, 12, 31)),
    ],
)
def test_the_seventh_digit_decides_the_century(digits, expected):
    assert cpr.birth_date(digits) == expected


@pytest.mark.parametrize("digits", ["3102901234", "0013901234", "0001901234", "3201901234", "6001901234", "2902001234"])
def test_a_day_that_never_was_is_no_birth_date(digits):
    assert cpr.birth_date(digits) is None


def test_a_leap_day_counts_in_leap_years_alone():
    assert cpr.birth_date("2902004234") == date(2000, 2, 29)
    assert cpr.birth_date("2902014234") is None


def test_modulus_eleven_holds_for_one_in_eleven():
    assert cpr.has_modulus("0101901238")
    assert not cpr.has_modulus("0101901234")


def test_replacement_numbers_have_the_first_digit_raised_by_six():
    assert cpr.is_replacement("6101901234")
    assert not cpr.is_replacement("3101901234")
