"""A web worker that is killed in the middle of a request."""

from contextlib import ExitStack
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, connections
from django.test import Client

from lms.people.models import User
from tests.drills.faults import Death, without_transactions
from tests.drills.forks import FORKS, use_database


@dataclass(frozen=True)
class Request:
    """A form as a browser sends it: again, it is the same."""

    path: str
    body: dict = field(default_factory=dict)
    session: str = ""

    def send(self) -> int:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return client.post(self.path, self.body).status_code


def session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def die(request: Request, point: str, *, transactions: bool = True) -> int:
    """Let another process send it and be killed at that point; what became of the process."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    process = FORKS.Process(target=_send_and_die, args=(str(name), request, point, transactions))
    process.start()
    process.join()
    return process.exitcode


def _send_and_die(database: str, request: Request, point: str, transactions: bool) -> None:
    use_database(database)
    with ExitStack() as faults:
        if not transactions:
            faults.enter_context(without_transactions())
        faults.enter_context(Death(point).awaits())
        request.send()
