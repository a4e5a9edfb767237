"""Another process that erases somebody, and is killed at one of its writes or after its commit."""

import os
import signal
from contextlib import ExitStack
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from lms.people.actions import erasure
from tests.drills.faults import WRITES, without_transactions
from tests.drills.forks import FORKS, use_database

AFTER_COMMIT = 0


def die_erasing(email: str, folder: str, write: int, *, transactions: bool = True) -> int:
    """Killed at that write; at ``AFTER_COMMIT``, before the files go. What became of the process."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    process = FORKS.Process(target=_erase_and_die, args=(str(name), email, folder, write, transactions))
    process.start()
    process.join()
    return process.exitcode


def _erase_and_die(database, email, folder, write, transactions):
    use_database(database)
    settings.MEDIA_ROOT = folder
    written = []

    def count(execute, sql, params, many, context):
        if sql.startswith(WRITES):
            written.append(sql)
            if len(written) == write:
                _die()
        return execute(sql, params, many, context)

    with ExitStack() as faults:
        if not transactions:
            faults.enter_context(without_transactions())
        if write == AFTER_COMMIT:
            faults.enter_context(patch.object(erasure, "erase_files", _die))
        faults.enter_context(connection.execute_wrapper(count))
        call_command("erase_person", email, stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115 - the process ends


def _die():
    os.kill(os.getpid(), signal.SIGKILL)
