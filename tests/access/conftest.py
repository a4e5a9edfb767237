"""One world for every question: built once, and rolled back when the last test of this folder is done."""

import gc
import logging

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access import world as worlds


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    # Thousands of refusals, each a line of the log.
    logging.disable(logging.ERROR)
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "media", PRIVATE_ROOT=folder / "private"),
        transaction.atomic(),
    ):
        built = worlds.build()
        # What is here now stays to the end: looking through all of it again and again takes a tenth of the time.
        gc.freeze()
        yield built
        gc.unfreeze()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
