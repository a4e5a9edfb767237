from datetime import UTC, date, datetime

import pytest

from courses.forms import NewCohortForm
from lms.meetings.methods.planning import name_of_day_off
from tests.courses.cohorts import make_course, typed, without_days
from tests.factories.meetings import CohortFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
FIRST = date(2026, 12, 11)


@pytest.fixture
def story():
    return make_course()


def form(story, values, **more):
    days = [{"number": number, "title": f"Tema {number}"} for number in (1, 2, 3)]
    return NewCohortForm(values, course=story.course, days=days, trainers=[story.trainer], now=NOW, **more)


def test_a_rhythm_proposes_the_days_and_passes_over_holidays(story):
    asked = form(story, without_days(typed(FIRST)), proposing=True)

    assert asked.can_propose()
    dates, passed_over = asked.proposed()
    # Christmas Day and New Year's Day 2027 fall on Fridays.
    assert [dates[f"day_{n}"] for n in (1, 2, 3)] == ["2026-12-11", "2027-01-08", "2027-01-22"]
    assert (dates["starts_2"], dates["ends_2"]) == ("09:00", "15:00")
    assert passed_over == [(date(2026, 12, 25), name_of_day_off(date(2026, 12, 25)))]


def test_dates_are_proposed_before_the_cohort_has_a_name(story):
    values = without_days(typed(FIRST, name="", capacity=""))

    asked = form(story, values, proposing=True)

    assert (asked.is_valid(), asked.can_propose()) == (True, True)


@pytest.mark.parametrize("name", ["first", "starts", "ends", "weeks"])
@pytest.mark.parametrize("value", ["", "nonsens", "-1", "9" * 40])
def test_nothing_is_proposed_from_half_a_rhythm(story, name, value):
    asked = form(story, without_days(typed(FIRST, **{name: value})), proposing=True)

    assert (asked.can_propose(), list(asked.errors)) == (False, [name])


@pytest.mark.parametrize("year", ["0001", "2025", "2040", "9999"])
def test_a_mistyped_year_is_refused(story, year):
    asked = form(story, typed(FIRST, first=f"{year}-12-11"), proposing=True)
    made = form(story, typed(FIRST, day_2=f"{year}-12-11"))

    assert list(asked.errors) == ["first"]
    assert list(made.errors) == ["day_2"]


def test_the_days_are_what_is_made_not_the_rhythm(story):
    values = typed(FIRST, first="", weeks="", day_2="2026-12-28", starts_2="10:30", trainers=[str(story.trainer.pk)])

    asked = form(story, values)

    assert asked.is_valid()
    second = asked.cleaned_data["slots"][1]
    assert (second["starts_at"], second["room"]) == (datetime(2026, 12, 28, 9, 30, tzinfo=UTC), "Bøgen")
    assert asked.cleaned_data["trainers"] == [story.trainer]


@pytest.mark.parametrize(
    ("faults", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\x07 …"}, "name"),
        ({"name": "Mette 010190-1234"}, "name"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "9" * 40}, "capacity"),
        ({"day_2": ""}, "day_2"),
        ({"day_2": "i morgen"}, "day_2"),
        ({"ends_2": "09:00"}, "ends_2"),
        ({"day_2": "2026-12-11"}, "day_2"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
        ({"notes": "Hun har 010190-1234"}, "notes"),
        ({"trainers": ["0"]}, "trainers"),
        ({"trainers": ["9" * 40]}, "trainers"),
        ({"room": "x" * 500}, "room"),
    ],
)
def test_a_fault_is_said_at_its_field(story, faults, field):
    assert list(form(story, typed(FIRST, **faults)).errors) == [field]


def test_the_missing_and_the_doubled_hour_are_refused_each_in_its_words(story):
    missing = form(story, typed(FIRST, day_3="2027-03-28", starts_3="02:30"))
    doubled = form(story, typed(FIRST, day_3="2027-10-31", starts_3="02:30"))

    assert list(missing.errors) == list(doubled.errors) == ["starts_3"]
    assert missing.errors != doubled.errors


def test_a_name_is_free_once_per_course(story):
    CohortFactory(course=story.course, name="Hold Syd")
    CohortFactory(name="Hold Nord")

    assert list(form(story, typed(FIRST)).errors) == ["name"]
    assert form(story, typed(FIRST, name="Hold Nord")).is_valid()


def test_texts_are_stored_in_one_line(story):
    asked = form(story, typed(FIRST, name="Hold\nSyd", place=" Vejle\r", notes="Tag\r\nbogen"))

    assert asked.is_valid()
    cleaned = asked.cleaned_data
    assert (cleaned["name"], cleaned["place"], cleaned["notes"]) == ("Hold Syd", "Vejle", "Tag\nbogen")
