from datetime import datetime
from types import SimpleNamespace

import pytest

from lms.meetings.methods.differences import SHOWN, differences
from lms.meetings.methods.halves import halves_between


def at(hour, minute=0, day=27):
    return datetime(2026, 11, day, hour, minute)


@pytest.mark.parametrize(
    "starts_at, ends_at, halves",
    [
        (at(9), at(15, 30), ["morning", "afternoon"]),
        (at(9), at(12), ["morning"]),
        (at(8, 30), at(13), ["morning"]),
        (at(12), at(15), ["afternoon"]),
        (at(13), at(16), ["afternoon"]),
        (at(12), at(12, 45), ["afternoon"]),
        (at(9), at(12, day=28), ["morning", "afternoon"]),
    ],
)
def test_halves_between(starts_at, ends_at, halves):
    assert halves_between(starts_at, ends_at) == halves


def facts(**changed):
    return SimpleNamespace(**dict.fromkeys(SHOWN, "") | changed)


def test_differences_of_equal_facts_are_none():
    assert differences(facts(room="Egen"), facts(room="Egen")) == {}


def test_differences_show_old_and_new():
    assert differences(facts(room="Bøgen"), facts(room="Egen")) == {"room": ("Bøgen", "Egen")}


def test_differences_stand_in_the_order_people_read():
    new = differences(facts(), facts(notes="n", room="r", starts_at="s"))

    assert list(new) == ["starts_at", "room", "notes"]
