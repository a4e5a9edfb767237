"""What a drill does to the code on trial, in the process it runs in: no locks, no transactions, a moment to die at."""

import time
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.db import connection
from django.db.models import QuerySet
from django.db.transaction import Atomic

WRITES = ("INSERT", "UPDATE", "DELETE")
# Long enough for everybody else to have counted.
PAUSE = 0.05


def without_locks():
    """The same code, but no row is locked."""
    return patch.object(QuerySet, "select_for_update", lambda rows, *_args, **_kwargs: rows)


@contextmanager
def without_transactions():
    """The same code, but each statement stands for itself."""
    with ExitStack() as faults:
        faults.enter_context(without_locks())
        faults.enter_context(patch.object(Atomic, "__enter__", lambda _self: None))
        faults.enter_context(patch.object(Atomic, "__exit__", lambda *_args: None))
        yield


def slow_to_write():
    """Wait before the first write: without a lock, what was counted before is old by then."""
    has_written = []

    def wait_once(execute, sql, params, many, context):
        if sql.startswith(WRITES) and not has_written:
            has_written.append(sql)
            time.sleep(PAUSE)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wait_once)
