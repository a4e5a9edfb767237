"""Redis as a cache that the site can do without: while nobody answers there, each process remembers for itself.

Nothing in the cache is the truth about anything; what counts and must hold, such as the limits at sign-in, then counts
in each process alone, which is stricter than not at all.
"""

import logging

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

METHODS = (
    "add", "get", "set", "touch", "delete", "get_many", "set_many", "delete_many", "has_key", "incr", "clear",
)  # fmt: skip


class ForgivingRedisCache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self.spare = LocMemCache("forgiving-redis", params)


def forgiving(name: str):
    def method(self, *args, **kwargs):
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does without Redis: %s", type(error).__name__)
            return getattr(self.spare, name)(*args, **kwargs)

    method.__name__ = name
    return method


for name in METHODS:
    setattr(ForgivingRedisCache, name, forgiving(name))
