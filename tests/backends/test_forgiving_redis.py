"""A cache that goes on without Redis; missing for real, at a port where nobody listens."""

import pytest
from django.core.cache.backends.redis import RedisCache
from django.urls import reverse
from redis.exceptions import ConnectionError as NobodyAnswers

from lms.backends.forgiving_redis import METHODS, ForgivingRedisCache
from lms.people.models import Role
from tests.factories.people import PASSWORD, person_with

GONE = "redis://127.0.0.1:1/0"


@pytest.fixture
def cache():
    cache = ForgivingRedisCache(GONE, {})
    yield cache
    cache.clear()


def test_plain_redis_cache_breaks_so_this_one_is_needed():
    with pytest.raises(NobodyAnswers):
        RedisCache(GONE, {}).get("key")


def test_what_is_set_is_there_again(cache):
    cache.set("key", {"a": 1}, 60)
    cache.set_many({"b": 2, "c": 3})

    assert (cache.get("key"), cache.get_many(["b", "c", "d"])) == ({"a": 1}, {"b": 2, "c": 3})
    assert ("key" in cache, "nothing" in cache, cache.get("nothing", "else")) == (True, False, "else")


def test_add_keeps_what_is_there(cache):
    assert (cache.add("key", 1), cache.add("key", 2), cache.get("key")) == (True, False, 1)


def test_counting_goes_on(cache):
    cache.set("count", 1)

    assert (cache.incr("count"), cache.decr("count", 2)) == (2, 0)
    with pytest.raises(ValueError, match="nothing"):
        cache.incr("nothing")


def test_what_is_deleted_is_gone(cache):
    cache.set_many({"a": 1, "b": 2, "c": 3})
    cache.delete("a")
    cache.delete_many(["b"])
    before = cache.get_many(["a", "b", "c"])
    cache.clear()

    assert (before, cache.get("c"), cache.touch("c")) == ({"c": 3}, None, False)


def test_every_way_into_the_cache_is_covered():
    asynchronous = {name for name in vars(RedisCache) if name.startswith("a") and name != "add"}
    public = {
        name
        for name, value in vars(RedisCache).items()
        if callable(value) and not name.startswith(("_", "get_backend"))
    }

    assert public - asynchronous - {"pickle_protocol"} == set(METHODS)


@pytest.mark.django_db
def test_people_sign_in_and_read_without_redis(client, settings):
    backend = f"{ForgivingRedisCache.__module__}.{ForgivingRedisCache.__name__}"
    settings.CACHES = settings.CACHES | {"default": {"BACKEND": backend, "LOCATION": GONE}}
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "2/m/key"}
    person = person_with(Role.JOB_CONSULTANT)

    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, follow=True)

    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, reverse("home:overview"))
