"""What is true of a Danish personal number in itself."""

from datetime import date

MODULUS_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
REPLACEMENT = 60
LAST_YEAR_OF_THE_2000S = {"4": 36, "5": 57, "6": 57, "7": 57, "8": 57, "9": 36}


def century(year, seventh):
    """The century table of the CPR office: the seventh digit decides."""
    if year <= LAST_YEAR_OF_THE_2000S.get(seventh, -1):
        return 2000
    return 1800 if seventh in "5678" else 1900


def is_replacement(digits):
    """Replacement numbers have the first digit raised by six."""
    return digits[0] in "6789"


def birth_date(digits):
    """The day the ten digits speak of, or None when there is no such day."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if is_replacement(digits):
        day -= REPLACEMENT
    try:
        return date(century(year, digits[6]) + year, month, day)
    except ValueError:
        return None


def has_modulus(digits):
    """Modulus 11; no proof either way, since numbers without it have been given out since 2007."""
    return sum(int(digit) * weight for digit, weight in zip(digits, MODULUS_WEIGHTS, strict=True)) % 11 == 0
