import pytest
from django.utils import translation

from lms.meetings.methods.composition import Seat, hints


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def seats(*municipalities):
    return [Seat(number, f"Person {number}", name) for number, name in enumerate(municipalities, start=1)]


TOWNS = ("Viborg", "Randers", "Varde", "Thisted", "Odense", "Horsens", "Svendborg", "Silkeborg", "Hjørring")


@pytest.mark.parametrize("size", [5, 6, 8])
def test_a_group_as_it_should_be_has_no_hints(size):
    assert hints(seats(*TOWNS[:size]), set()) == []


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "There are 0 kursister in the group. 5 to 8 is the aim."),
        (1, "There is 1 kursist in the group. 5 to 8 is the aim."),
        (4, "There are 4 kursister in the group. 5 to 8 is the aim."),
        (9, "There are 9 kursister in the group. 5 to 8 is the aim."),
    ],
)
def test_a_size_outside_the_aim_is_said(size, words):
    assert hints(seats(*TOWNS[:size]), set()) == [words]


def test_two_from_one_municipality_are_named_and_each_municipality_is_a_hint():
    group = seats("Viborg", "Randers", "Viborg", "Varde", "Randers", "Viborg")

    assert hints(group, set()) == [
        "Viborg has more than one in the group: Person 1, Person 3, Person 6.",
        "Randers has more than one in the group: Person 2, Person 5.",
    ]


def test_a_manager_of_somebody_in_the_group_is_named_with_whom():
    group = seats(*TOWNS[:5])

    assert hints(group, {(1, "Randers")}) == [
        "Person 1 is the local manager of Person 2 in Randers, and in the same group."
    ]


@pytest.mark.parametrize("managing", [{(1, "Viborg")}, {(1, "Aarhus")}, {(9, "Randers")}])
def test_a_manager_of_nobody_else_here_is_no_hint(managing):
    assert hints(seats(*TOWNS[:5]), managing) == []
