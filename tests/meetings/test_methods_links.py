"""Signed links: bound to their purpose, fit for an address, and dead when old."""

import re
from datetime import timedelta

import pytest
import time_machine

from lms.meetings.methods import links

A_DAY = timedelta(days=1)


def test_what_was_signed_is_read_back():
    token = links.sign("answer", invitee=12, sequence=3)

    assert links.read("answer", token, A_DAY) == {"invitee": 12, "sequence": 3}


def test_a_token_is_short_and_needs_no_escaping_in_an_address():
    token = links.sign("answer", invitee=2**31, sequence=2**31)

    assert re.fullmatch(r"[A-Za-z0-9._-]{1,130}", token)


def test_a_token_for_one_purpose_says_nothing_for_another():
    token = links.sign("offer", offer=12)

    assert links.read("answer", token, A_DAY) is None


@pytest.mark.parametrize("position", range(0, 60, 7))
def test_a_changed_token_says_nothing(position):
    token = links.sign("answer", invitee=12)
    other = "A" if token[position] != "A" else "B"

    assert links.read("answer", token[:position] + other + token[position + 1 :], A_DAY) is None


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "\x00", "æøå", "\ud800", "x" * 5000, "1." * 100])
def test_nonsense_says_nothing(token):
    assert links.read("answer", token, A_DAY) is None


def test_a_token_dies_of_age_where_an_age_is_asked_for():
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        token = links.sign("answer", invitee=12)

    with time_machine.travel("2026-03-03 12:00Z", tick=False):
        assert links.read("answer", token, A_DAY) is None
        assert links.read("answer", token, None) == {"invitee": 12}


def test_another_key_makes_the_token_worthless(settings):
    token = links.sign("answer", invitee=12)
    settings.SECRET_KEY = "another" * 10

    assert links.read("answer", token, None) is None
