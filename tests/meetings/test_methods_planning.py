from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import easter as another
from django.utils import translation

from lms.meetings.methods.planning import (
    HourIsDoubled,
    HourIsMissing,
    easter,
    is_day_off,
    moment,
    name_of_day_off,
    propose,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def test_easter_is_where_another_calculation_puts_it():
    years = range(1900, 2200)

    assert [easter(year) for year in years] == [another.easter(year) for year in years]


def test_the_days_off_of_a_year():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    assert [f"{day:%d.%m}" for day in days if is_day_off(day)] == [
        *("01.01", "02.04", "03.04", "05.04", "06.04", "14.05", "24.05", "25.05", "05.06"),
        *("24.12", "25.12", "26.12", "31.12"),
    ]


def test_each_day_off_has_a_name_of_its_own_and_a_working_day_none():
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]
    with translation.override("en"):
        named = {name_of_day_off(day): day for day in days if name_of_day_off(day)}

    assert len(named) == sum(map(is_day_off, days)) == 13
    assert (named["Good Friday"], named["Whit Monday"]) == (date(2027, 3, 26), date(2027, 5, 17))


def test_a_rhythm_passes_over_days_off_and_tells_which():
    days, passed_over = propose(date(2026, 3, 20), count=3, weeks=2)

    assert days == [date(2026, 3, 20), date(2026, 4, 17), date(2026, 5, 1)]
    assert passed_over == [date(2026, 4, 3)]


def test_no_days_are_proposed_when_none_are_asked_for():
    assert propose(date(2026, 4, 3), count=0, weeks=1) == ([], [])


@pytest.mark.parametrize(("day", "utc_hour"), [(date(2026, 10, 23), 7), (date(2026, 10, 30), 8)])
def test_nine_is_nine_on_both_sides_of_the_clock_change(day, utc_hour):
    assert moment(day, time(9), COPENHAGEN).astimezone(UTC) == datetime.combine(day, time(utc_hour), UTC)


def test_the_hour_the_clocks_leap_over_is_refused():
    with pytest.raises(HourIsMissing):
        moment(date(2026, 3, 29), time(2, 30), COPENHAGEN)


def test_the_hour_that_happens_twice_is_refused():
    with pytest.raises(HourIsDoubled):
        moment(date(2026, 10, 25), time(2, 30), COPENHAGEN)


@pytest.mark.parametrize("clock", [time(1, 59), time(3)])
def test_the_hours_beside_a_clock_change_are_taken(clock):
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        assert moment(day, clock, COPENHAGEN).time() == clock
