"""How the demo's file is read."""

from datetime import date

import pytest
from django.utils.timezone import localtime

from lms.home.management.demo.content import Clock, municipalities, nearest_working_day, offset_of, part_of

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))


@pytest.mark.parametrize("day, moved", [(FRIDAY, FRIDAY), (SATURDAY, FRIDAY), (SUNDAY, MONDAY), (MONDAY, MONDAY)])
def test_a_weekend_moves_to_the_nearest_working_day(day, moved):
    assert nearest_working_day(day) == moved


@pytest.mark.parametrize(
    "day, moved",
    [
        (date(2026, 12, 24), date(2026, 12, 23)),
        (date(2026, 12, 25), date(2026, 12, 23)),
        (date(2026, 12, 26), date(2026, 12, 23)),
        (date(2027, 3, 27), date(2027, 3, 24)),
        (date(2027, 5, 16), date(2027, 5, 18)),
    ],
)
def test_a_day_off_moves_to_a_day_on_which_people_meet(day, moved):
    assert nearest_working_day(day) == moved


@pytest.mark.parametrize(
    "meta, offset", [("Dag −62 · kl. 09.00–15.30", -62), ("Dag +6 · Tema: x", 6), ("Dag 0", 0), ("Dag -3", -3)]
)
def test_a_day_is_told_from_today(meta, offset):
    assert offset_of(meta) == offset


@pytest.mark.parametrize("name, value", [("Tema", "Metoden: kort"), ("Sted", ""), ("kl", "")])
def test_a_part_of_a_line(name, value):
    assert part_of("Dag 1 · kl. 9 · Tema: Metoden: kort", name) == value


@pytest.mark.parametrize("today", [date(2026, 10, 24), date(2027, 3, 27)])
def test_nine_oclock_stays_nine_oclock_when_the_clocks_change(today):
    moments = [localtime(Clock(today).at(offset)) for offset in range(-3, 4)]

    assert {moment.hour for moment in moments} == {9}


def test_all_municipalities_are_there():
    rows = municipalities()

    assert len({row["code"] for row in rows}) == len(rows) == 98
