from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from lms.people.templatetags import dates

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 15, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_day_of_this_year_has_no_year():
    assert dates.day(FRIDAY, NOW) == "Friday 27 November"


def test_day_of_another_year_says_which():
    assert dates.day(NEXT_YEAR, NOW) == "Friday 15 January 2027"


def test_day_belongs_to_the_year_it_has_in_denmark():
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert dates.day(new_year, NOW) == "Friday 1 January 2027"


def test_a_deadline_is_a_day_without_a_clock():
    assert dates.day(FRIDAY.date(), NOW) == "Friday 27 November"
    assert dates.full_day(NEXT_YEAR.date()) == "Friday 15 January 2027"


def test_full_day_always_has_its_year():
    assert dates.full_day(FRIDAY) == "Friday 27 November 2026"


def test_day_month_of_this_year_is_short():
    assert dates.day_month(FRIDAY, NOW) == "27 November"


def test_day_month_of_another_year_says_which():
    assert dates.day_month(NEXT_YEAR, NOW) == "15 January 2027"


def test_clock_is_danish_time():
    assert dates.clock(FRIDAY) == "9:00"


def test_clock_follows_summer_time():
    summer = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)

    assert dates.clock(summer) == "10:00"


def test_hours_says_from_when_to_when():
    assert dates.hours(FRIDAY, FRIDAY + timedelta(hours=6, minutes=30)) == "9:00–15:30"


def test_hours_without_an_end_says_when_it_begins():
    assert dates.hours(FRIDAY) == "at 9:00"


def test_moment_is_day_and_time():
    assert dates.moment(FRIDAY, NOW) == "Friday 27 November at 9:00"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, ""),
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (14, "in 14 days"),
        (15, ""),
    ],
)
def test_soon_speaks_only_of_the_next_fortnight(days, expected):
    assert dates.soon(NOW + timedelta(days=days), NOW) == expected


def test_soon_counts_midnights_not_hours():
    late = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    early = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    assert dates.soon(early, late) == "tomorrow"


def test_danish_days_are_written_as_people_write_them():
    with translation.override("da"):
        assert dates.day(FRIDAY, NOW) == "fredag 27. november"
        assert dates.hours(FRIDAY, FRIDAY + timedelta(hours=6)) == "kl. 9.00–15.00"
        assert dates.soon(FRIDAY, NOW) == "om 6 dage"
