"""Many guess at once, and Redis dies in the middle. The limits of sign-in hold."""

import socket
import subprocess
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache, caches
from django.db import connection

from lms.backends.forgiving_redis import ForgivingRedisCache
from tests.drills.conftest import CROWD, FEW_ROUNDS, ROUNDS
from tests.drills.guesses import guess
from tests.factories.people import UserFactory

pytestmark = pytest.mark.drill
PER_ADDRESS, PER_PLACE = 5, 10
# allauth's own word for what many at once may come to.
MOST = 1.5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def redis(settings, tmp_path):
    """A Redis of this test's own, with which the site caches; killed by the test, or at the end."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in server.stdout:
        if "Ready to accept connections" in line:
            break
    backend = f"{ForgivingRedisCache.__module__}.{ForgivingRedisCache.__name__}"
    location = f"redis://127.0.0.1:{port}/0"
    settings.CACHES = settings.CACHES | {"default": {"BACKEND": backend, "LOCATION": location}}
    yield server
    server.kill()
    server.wait()
    server.stdout.close()


def guesses(email, times, first=1) -> int:
    return sum(guess(email, f"10.0.0.{number}") for number in range(first, first + times))


def through_the_fall(redis) -> tuple[int, int]:
    """How many of three guesses were looked at while Redis lived, and of seven after it was killed."""
    email = UserFactory().email
    before = guesses(email, 3)
    redis.kill()
    redis.wait()
    return before, guesses(email, 7, first=4)


@pytest.mark.django_db
def test_limit_goes_on_counting_when_redis_is_killed(redis, report):
    cache.set("redis", "is there")
    assert (cache.get("redis"), type(caches["default"])) == ("is there", ForgivingRedisCache)

    before, after = through_the_fall(redis)

    report(f"Redis killed after {before} of 10 wrong passwords: {after} more were looked at")
    assert (before, after) == (3, PER_ADDRESS - 3)


@pytest.mark.django_db
def test_counted_in_the_cache_it_would_begin_anew(redis, report):
    """The control, and what allauth does by itself: the guesses from before are forgotten with Redis."""
    with patch.object(ratelimit, "cache", cache):
        before, after = through_the_fall(redis)

    report(f"control, counted in the cache: {before} before and {after} after Redis was killed")
    assert (before, after) == (3, PER_ADDRESS)


@contextmanager
def table_gone():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_limits RENAME TO people_limits_gone")
        yield
        cursor.execute("ALTER TABLE people_limits_gone RENAME TO people_limits")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "postgresql", reason="an error ends the test's own transaction there")
def test_where_nothing_can_be_counted_nobody_comes_in():
    email = UserFactory().email

    with table_gone(), pytest.raises(Exception, match="people_limits"):
        guess(email, "10.0.0.1")


def at_once(test):
    """Several processes, each with a database connection of its own."""
    only = pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only")
    return only(pytest.mark.usefixtures("arena")(test))


def looked_at(crowd, emails, places, **facts) -> int:
    answers = crowd.at_once(
        guess, [{"email": email, "place": place, **facts} for email, place in zip(emails, places, strict=True)]
    )
    assert [answer.refusal for answer in answers if answer.refusal] == []
    return sum(answer.value for answer in answers)


@at_once
def test_one_address_from_many_places(crowd, report):
    places = [f"10.1.0.{number}" for number in range(CROWD)]

    counts = [looked_at(crowd, [UserFactory().email] * CROWD, places) for _round in range(ROUNDS)]

    report(
        f"{CROWD} processes, {ROUNDS} rounds, one address: at most {max(counts)} passwords looked at, limit {PER_ADDRESS}"
    )
    assert max(counts) <= MOST * PER_ADDRESS


@at_once
def test_many_addresses_from_one_place(crowd, report):
    counts = []
    for number in range(ROUNDS):
        emails = [person.email for person in UserFactory.create_batch(CROWD)]
        counts.append(looked_at(crowd, emails, [f"10.2.0.{number}"] * CROWD))

    report(
        f"{CROWD} processes, {ROUNDS} rounds, one place: at most {max(counts)} passwords looked at, limit {PER_PLACE}"
    )
    assert max(counts) <= MOST * PER_PLACE


@at_once
def test_without_standing_in_line_more_come_through(crowd, report):
    """The control: should this ever keep the limit, the races above prove nothing."""
    places = [f"10.3.0.{number}" for number in range(CROWD)]

    counts = [
        looked_at(crowd, [UserFactory().email] * CROWD, places, counts_one_by_one=False) for _round in range(FEW_ROUNDS)
    ]

    report(f"control, not one by one: up to {max(counts)} passwords looked at, limit {PER_ADDRESS}")
    assert max(counts) > MOST * PER_ADDRESS
