"""The table in which attempts are counted."""

from importlib import import_module

import pytest
import time_machine
from allauth.core.internal import ratelimit
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import RequestFactory

from lms.backends.limits import ALIAS, COUNTERS, AttemptNotCounted, LimitsCache, hashed_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def limits():
    return caches[ALIAS]


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM people_limits")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("name", COUNTERS)
def test_allauth_counts_in_it(name, limits):
    """Should allauth keep its counts elsewhere one day, these names are gone or another cache stands behind them."""
    counter = import_module(name).cache

    counter.set("seen", 1, 60)

    assert (limits.get("seen"), cache.get("seen")) == (1, None)


def test_limit_of_allauths_holds_in_it(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    request = RequestFactory().post("/")

    allowed = [bool(ratelimit.consume(request, app="allauth.account", action="login")) for _try in range(3)]

    assert (allowed, rows()) == ([True, True, False], 1)


def test_key_tells_nothing_and_is_the_secret_s_own(settings):
    key = hashed_key("login:ip:192.0.2.1", "", 1)
    settings.SECRET_KEY = "another"

    assert (len(key), "192" in key, hashed_key("login:ip:192.0.2.1", "", 1) == key) == (64, False, False)


def test_entry_outlives_its_time_by_a_second_and_no_longer(limits):
    with time_machine.travel("2026-11-02 09:00:00.9Z", tick=False):
        limits.add("code", "used", 30)
    with time_machine.travel("2026-11-02 09:00:30.8Z", tick=False):
        during = limits.get("code")
    with time_machine.travel("2026-11-02 09:00:33Z", tick=False):
        after = limits.get("code")

    assert (during, after) == ("used", None)


def test_whoever_is_second_is_told(limits):
    assert (limits.add("lock", 1, 10), limits.add("lock", 1, 10)) == (True, False)


def flood(limits, count):
    for number in range(count):
        limits.set(f"guess_{number}", [1.0], 300)


def test_flood_washes_nothing_away():
    table = LimitsCache("people_limits", {"max_entries": 20})
    table.set("five_wrong_passwords", [1.0] * 5, 300)

    flood(table, 60)

    assert table.get("five_wrong_passwords") == [1.0] * 5


def test_djangos_own_forgets_in_a_flood_so_this_one_is_needed():
    plain = DatabaseCache("people_limits", {"max_entries": 20})
    plain.set("five_wrong_passwords", [1.0] * 5, 300)

    flood(plain, 60)

    assert plain.get("five_wrong_passwords") is None


def test_what_has_run_out_goes_when_there_are_many():
    table = LimitsCache("people_limits", {"max_entries": 20})
    with time_machine.travel("2026-11-02 09:00Z", tick=False):
        flood(table, 25)
    with time_machine.travel("2026-11-02 10:00Z", tick=False):
        table.set("one_more", 1, 60)

    assert rows() == 1


@pytest.fixture
def no_table():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE people_limits")


def test_attempt_that_cannot_be_counted_is_no_attempt(limits, no_table):
    with pytest.raises(DatabaseError):
        limits.set("guess", [1.0], 60)


def refuse_writing(execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE")):
        raise DatabaseError
    return execute(sql, params, many, context)


def test_write_that_fails_is_not_passed_over_in_silence(limits):
    with connection.execute_wrapper(refuse_writing), pytest.raises(AttemptNotCounted):
        limits.set("guess", [1.0], 60)


def test_djangos_own_says_nothing_so_a_limit_would_stand_open():
    with connection.execute_wrapper(refuse_writing):
        assert DatabaseCache("people_limits", {}).set("guess", [1.0], 60) is None


@pytest.mark.django_db(transaction=True)
def test_table_is_made_and_taken_away_by_the_migration():
    call_command("migrate", "people", "0001", verbosity=0)
    before = "people_limits" in connection.introspection.table_names()
    call_command("migrate", "people", verbosity=0)

    assert (before, "people_limits" in connection.introspection.table_names()) == (False, True)
