"""Many clients at once, each a process with a database connection of its own, all let go together.

They are started once, and wait between rounds.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from threading import Barrier

from django.db import connection, connections

from tests.drills.faults import BEHIND_LOCK, WITHOUT_LOCK, slow_to_write, without_locks
from tests.drills.forks import FORKS, use_database

PATIENCE = 60


@dataclass(frozen=True)
class Task:
    """What one client is to do, and in whose database. ``locked`` is off in the controls alone."""

    database: str
    work: Callable
    facts: dict = field(default_factory=dict)
    locked: bool = True


@dataclass(frozen=True)
class Answer:
    """What the work came to: its value, or the name of what it raised."""

    value: object = None
    refusal: str = ""


class Crowd:
    def __init__(self, size: int):
        self.size, self.gate = size, FORKS.Barrier(size)
        pairs = [FORKS.Pipe() for _client in range(size)]
        self.links = [ours for ours, _theirs in pairs]
        self.processes = [
            FORKS.Process(target=wait_for_work, args=(theirs, self.gate), daemon=True) for _ours, theirs in pairs
        ]
        for process in self.processes:
            process.start()

    def at_once(self, work: Callable, facts: list[dict], *, locked: bool = True) -> list[Answer]:
        """One piece of work for each client, with facts of its own; the answers in the same order."""
        assert len(facts) == self.size
        tasks = [Task(connection.settings_dict["NAME"], work, one, locked) for one in facts]
        for link, task in zip(self.links, tasks, strict=True):
            link.send(task)
        return [self._answer(link) for link in self.links]

    def _answer(self, link: Connection) -> Answer:
        assert link.poll(PATIENCE), "a client has not answered"
        return link.recv()

    def go_home(self) -> None:
        for link in self.links:
            link.send(None)
        for process in self.processes:
            process.join(PATIENCE)


def wait_for_work(link: Connection, gate: Barrier) -> None:
    while task := link.recv():
        link.send(answer_to(task, gate))


def answer_to(task: Task, gate: Barrier) -> Answer:
    use_database(task.database)
    try:
        with ExitStack() as surroundings:
            if not task.locked:
                surroundings.enter_context(without_locks())
            surroundings.enter_context(slow_to_write(BEHIND_LOCK if task.locked else WITHOUT_LOCK))
            connection.ensure_connection()
            gate.wait(PATIENCE)
            return Answer(task.work(**task.facts))
    except Exception as error:  # noqa: BLE001 - whatever it is, the drill looks at it
        return Answer(refusal=type(error).__name__)
    finally:
        connections.close_all()
