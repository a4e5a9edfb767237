"""Where attempts are counted: in the database, so that the limits hold whatever becomes of Redis.

Nobody signs in without the database, so an attempt that cannot be counted is none that goes through. What an entry is
about, such as an address, is not stored: its name is a keyed hash.
"""

from importlib import import_module

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError
from django.utils.connection import ConnectionProxy
from django.utils.crypto import salted_hmac

ALIAS = "limits"
# Where allauth counts attempts, and where it remembers which codes of an app were used.
COUNTERS = ("allauth.core.internal.ratelimit", "allauth.mfa.totp.internal.auth")


class AttemptNotCounted(DatabaseError):  # noqa: N818 - it states a fact, as all our exceptions do
    """The database did not take it down."""


def hashed_key(key, key_prefix, version):
    return salted_hmac(__name__, f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()


class LimitsCache(DatabaseCache):
    """Django's own cache in a table; but nothing is thrown away before its time, and nothing is lost in silence."""

    _table: str

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        """A second longer: the table keeps whole ones, rounded down."""
        runs_out_at = super().get_backend_timeout(timeout)
        return runs_out_at and runs_out_at + 1

    def _base_set(self, mode, key, value, timeout=DEFAULT_TIMEOUT):
        is_done = super()._base_set(mode, key, value, timeout)  # type: ignore[misc] # a name the stubs leave out
        if mode == "set" and not is_done:
            raise AttemptNotCounted
        return is_done

    def _cull(self, _db, cursor, now, _num):
        """Only what has run out: otherwise a flood of guesses would wash away the count of the guesses."""
        cursor.execute(f"DELETE FROM {self._table} WHERE expires < %s", [now])  # noqa: S608 - the table of our settings


def count_in_database() -> None:
    """allauth counts in the default cache and has no setting for another; a test holds it to these names."""
    for name in COUNTERS:
        vars(import_module(name))["cache"] = ConnectionProxy(caches, ALIAS)
