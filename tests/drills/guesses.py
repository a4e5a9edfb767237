"""What somebody who guesses passwords does, in a process of their own: one sign-in at the door, counted by its hashes."""

from contextlib import nullcontext
from unittest.mock import patch

from allauth.core.internal import ratelimit
from django.test import Client, override_settings
from django.urls import reverse

from lms.settings import base
from tests.people import hashers

SITE = {"ACCOUNT_RATE_LIMITS": base.ACCOUNT_RATE_LIMITS, "PASSWORD_HASHERS": ["tests.people.hashers.Counting"]}


def guess(email: str, place: str, counts_one_by_one: bool = True) -> int:
    """How many passwords were looked at: one, or none when the limit said no."""
    lock = nullcontext() if counts_one_by_one else patch.object(ratelimit, "cache_lock", lambda _key: nullcontext(True))
    hashers.MADE.clear()
    with override_settings(**SITE), lock:
        Client(REMOTE_ADDR=place).post(reverse("account_login"), {"login": email, "password": "forkert adgangskode"})
    return len(hashers.MADE)
