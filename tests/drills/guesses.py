"""What somebody who guesses passwords does, in a process of their own: one sign-in at the door, counted by its hashes."""

from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from allauth.core.internal import ratelimit
from django.core.cache.backends.db import DatabaseCache
from django.test import Client, override_settings
from django.urls import reverse

from lms.backends.limits import LimitsCache
from lms.settings import base
from tests.people import hashers

SITE = {"ACCOUNT_RATE_LIMITS": base.ACCOUNT_RATE_LIMITS, "PASSWORD_HASHERS": ["tests.people.hashers.Counting"]}


@contextmanager
def naive_counting():
    """Nobody stands in line, and a count that could not be written is passed over, as Django's own cache does."""
    with (
        patch.object(ratelimit, "cache_lock", lambda _key: nullcontext(True)),
        patch.object(LimitsCache, "_base_set", DatabaseCache._base_set),
    ):
        yield


def guess(email: str, place: str, counts_one_by_one: bool = True) -> int:
    """How many passwords were looked at: one, or none when the limit said no."""
    hashers.MADE.clear()
    with override_settings(**SITE), nullcontext() if counts_one_by_one else naive_counting():
        Client(REMOTE_ADDR=place).post(reverse("account_login"), {"login": email, "password": "forkert adgangskode"})
    return len(hashers.MADE)
