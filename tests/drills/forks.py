"""Where a drill's other processes come from: one that has nothing but Django and our own code loaded."""

import multiprocessing

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import connection
from django.urls import get_resolver

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "tests.drills.works"])
# What the first request would load otherwise.
assert get_resolver().url_patterns


def use_database(name: str) -> None:
    """Each process comes with the project's own settings, and works in the test's copy."""
    connection.settings_dict["NAME"] = name
