from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from lms.forum import methods
from lms.forum.methods import Tally, Wanted
from lms.forum.models import Discussion

MOMENT = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)


def test_only_texts_that_say_something_are_rendered():
    html = methods.rendered({"body": "**Vigtigt**", "context": "  \n"})

    assert html == {"body": "<p><strong>Vigtigt</strong></p>\n"}


def test_the_excerpt_is_the_first_text_that_says_anything():
    assert methods.excerpt_of("", "**Vi** tog derud.", "Noget andet") == "Vi tog derud."


def test_the_excerpt_of_nothing_is_empty():
    assert methods.excerpt_of("", "") == ""


def test_the_excerpt_fits_its_column():
    longest = Discussion._meta.get_field("excerpt").max_length

    assert len(methods.excerpt_of("ord " * 500)) <= methods.EXCERPT_LENGTH < longest


def test_the_kinds_are_those_of_the_model():
    assert list(methods.KINDS) == Discussion.Kind.values


def test_tally_counts_municipalities_by_outcome():
    trials = [(1, "kept"), (2, "kept"), (3, "adapted"), (4, "dropped")]

    assert methods.tally(trials) == Tally(places=4, kept=2, adapted=1, dropped=1)


def test_tally_counts_a_municipality_once_by_its_latest_word():
    assert methods.tally([(1, "kept"), (1, "dropped")]) == Tally(places=1, kept=0, adapted=0, dropped=1)


def test_tally_of_nothing():
    assert methods.tally([]) == Tally(0, 0, 0, 0)


def test_wanted_reads_the_address():
    params = QueryDict("q=samtale&slags=tool&slags=practice&tema=psykiatri&tema=unge&princip=3&princip=8")

    assert methods.wanted_from(params) == Wanted(("practice", "tool"), ("psykiatri", "unge"), (3, 8), "samtale", False)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "slags=alt&slags=",
        "tema=%00&tema=a%20b&tema=<script>&tema=" + "x" * 81,
        "princip=0&princip=9999&princip=x&princip=-1&princip=%00",
        "q=%00%0A%20",
        "kladder=ja",
    ],
)
def test_wanted_leaves_out_what_makes_no_sense(address):
    assert methods.wanted_from(QueryDict(address)) == Wanted()


def test_wanted_cuts_what_is_much_too_much():
    params = QueryDict(mutable=True)
    params.setlist("tema", [f"emne-{number}" for number in range(500)])
    params["q"] = "ord " * 5000

    wanted = methods.wanted_from(params)

    assert (len(wanted.themes), len(wanted.text)) == (20, 199)


def test_wanted_writes_the_address_it_was_read_from():
    address = "q=samtale&slags=tool&tema=unge&princip=3&kladder=1"
    wanted = methods.wanted_from(QueryDict(address))

    assert "&".join(f"{name}={value}" for name, value in wanted.pairs()) == address


def test_wanted_without_one_choice():
    wanted = Wanted(kinds=("tool",), themes=("unge", "job"), principles=(3,))

    assert [wanted.without("themes", "unge"), wanted.without("principles", "3")] == [
        Wanted(kinds=("tool",), themes=("job",), principles=(3,)),
        Wanted(kinds=("tool",), themes=("unge", "job")),
    ]


def test_wanted_counts_its_choices():
    assert Wanted(kinds=("tool",), themes=("unge", "job"), principles=(3,), text="x").chosen_count == 4


def test_a_bookmark_is_read_as_it_was_written():
    assert methods.read_bookmark(methods.bookmark(MOMENT, 17)) == (MOMENT, 17)


@pytest.mark.parametrize(
    "text", ["", "x", "1", "-1-2", "1-", "1-2-3", "1 -2", "\x00", "999999999999999999-1", "1-" + "9" * 30]
)
def test_anything_else_is_no_bookmark(text):
    assert methods.read_bookmark(text) is None


@pytest.mark.parametrize(
    "text, number", [("17", 17), ("", 0), ("x", 0), ("-1", 0), ("9" * 30, 0), ("\x00", 0), ("1.5", 0)]
)
def test_a_rows_number_is_read_or_zero(text, number):
    assert methods.read_id(text) == number
