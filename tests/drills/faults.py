"""What a drill does to the code on trial, in the process it runs in: no locks, no transactions, a moment to die at."""

import os
import signal
import time
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.transaction import Atomic

WRITES = ("INSERT", "UPDATE", "DELETE")
# Behind a lock the others stand in line for it; without one they all wait at once, long enough to have counted.
BEHIND_LOCK, WITHOUT_LOCK = 0.05, 0.5
# SQLite locks the whole database where a transaction begins.
LOCKS = ("FOR UPDATE", "BEGIN IMMEDIATE")
SEAT_WRITTEN = ('INSERT INTO "meetings_enrolment"', 'UPDATE "meetings_enrolment"')
BEFORE_LOCK, AFTER_LOCK, AFTER_INSERT, BEFORE_COMMIT, AFTER_COMMIT = POINTS = (
    "before the lock", "after the lock", "after the insert", "before the commit", "after the commit",
)  # fmt: skip


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


def slow_to_write(seconds: float):
    """Wait before the first write: without a lock, what was counted before is old by then."""
    has_written = []

    def wait_once(execute, sql, params, many, context):
        if sql.startswith(WRITES) and not has_written:
            has_written.append(sql)
            time.sleep(seconds)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wait_once)


class Death:
    """Kills its own process at one point of the transaction in which a seat is taken."""

    def __init__(self, point: str):
        self.point, self.is_locked, self.is_written = point, False, False

    def reach(self, point: str) -> None:
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute, sql, params, many, context):
        takes_lock = not self.is_locked and any(word in sql for word in LOCKS)
        if self.is_written:  # and read back, without which SQLite has not finished with it
            self.reach(AFTER_INSERT)
        if takes_lock:
            self.reach(BEFORE_LOCK)
        result = execute(sql, params, many, context)
        if takes_lock:
            self.is_locked = True
            self.reach(AFTER_LOCK)
        self.is_written = self.is_written or sql.startswith(SEAT_WRITTEN)
        return result

    @contextmanager
    def awaits(self):
        """Every statement and every commit is a moment to die at."""
        commit = BaseDatabaseWrapper.commit

        def commit_or_die(database):
            if self.is_locked:
                self.reach(BEFORE_COMMIT)
            commit(database)
            if self.is_locked:
                self.reach(AFTER_COMMIT)

        with connection.execute_wrapper(self.statement), patch.object(BaseDatabaseWrapper, "commit", commit_or_die):
            yield
