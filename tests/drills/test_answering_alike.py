"""How long sign-in takes for an address somebody has and for one nobody has, with the hash production uses."""

import time
from statistics import median

import pytest
from django.conf import global_settings
from django.urls import reverse

from tests.drills.conftest import FULL
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
TRIES = 200 if FULL else 3
WRONG = "forkert adgangskode"


@pytest.fixture
def addresses(settings):
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    return UserFactory(email="kendte@example.org").email, "ukendt@example.org"


def seconds(client, address):
    begun = time.perf_counter()
    answer = client.post(reverse("account_login"), {"login": address, "password": WRONG})
    assert answer.status_code == 200
    return time.perf_counter() - begun


def test_known_and_unknown_take_as_long(client, addresses, report):
    """By turns, so that whatever else the machine does befalls both."""
    for address in addresses:
        seconds(client, address)

    took = [[seconds(client, address) for address in addresses] for _try in range(TRIES)]

    known, unknown = (median(column) * 1000 for column in zip(*took, strict=True))
    report(f"{TRIES} tries each: {known:.1f} ms for a known address, {unknown:.1f} ms for an unknown one (medians)")
    assert not FULL or abs(known - unknown) < 5
