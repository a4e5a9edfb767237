from datetime import timedelta

import pytest
import time_machine

from lms.meetings.methods import checkin
from tests.meetings.days import NOW

HALF_MINUTE = timedelta(seconds=30)


def test_the_code_is_four_digits_and_changes_each_half_minute():
    codes = [checkin.code_at(7, NOW + n * HALF_MINUTE) for n in range(20)]

    assert {(len(code), code.isdigit()) for code in codes} == {(4, True)}
    assert len(set(codes)) > 15


def test_a_code_is_bound_to_its_meeting():
    assert checkin.proof_at(7, NOW) != checkin.proof_at(8, NOW)


@pytest.mark.parametrize(("steps", "holds"), [(0, True), (1, True), (2, False), (-1, False)])
def test_a_proof_holds_for_its_own_step_and_the_next(steps, holds):
    assert checkin.proof_holds(7, checkin.proof_at(7, NOW), NOW + steps * HALF_MINUTE) is holds


def test_a_photo_of_the_code_is_worth_nothing_after_a_minute():
    assert not checkin.proof_holds(7, checkin.proof_at(7, NOW), NOW + timedelta(minutes=1))


@pytest.mark.parametrize("proof", ["", "æ", "0" * 32, "\x00"])
def test_nonsense_is_no_proof(proof):
    assert not checkin.proof_holds(7, proof, NOW)


def test_a_ticket_is_for_one_person_and_one_meeting():
    token = checkin.ticket(7, 3, NOW)

    assert [checkin.read_ticket(token, *place) for place in ((7, 3), (8, 3), (7, 4))] == [NOW, None, None]


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00"])
def test_a_forged_ticket_is_none(token):
    assert checkin.read_ticket(token, 7, 3) is None


def test_a_ticket_is_kept_for_a_day():
    with time_machine.travel(NOW, tick=False):
        token = checkin.ticket(7, 3, NOW)

    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        assert checkin.read_ticket(token, 7, 3) is None
