"""``manage.py demo`` for real: both processes come up, and whatever ends one of them ends them all."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]
PATIENCE = 60


def wait_until(condition, what):
    """Poll: another process tells nobody that it is ready."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    return pytest.fail(f"waited {PATIENCE} s in vain for {what}")


class Demo:
    """A running demo in a folder of its own, with the processes it started."""

    def __init__(self, folder, database):
        self.port = free_port()
        surroundings = os.environ | {
            "DEMO": "1",
            "PORT": str(self.port),
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{database}",
            "PYTHONUNBUFFERED": "1",
        }
        for name in ("DJANGO_SETTINGS_MODULE", "REDIS_URL", "EMAIL_URL"):
            surroundings.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=settings.BASE_DIR, env=surroundings, stdout=subprocess.DEVNULL
        )

    def health(self):
        with contextlib.suppress(OSError):
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            link.request("GET", "/healthz")
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())
        return None

    def children(self, program) -> list[int]:
        """The processes that belong to the demo and run ``program``, by what the system says of them."""
        asked = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in asked.splitlines()[1:]]
        return [int(pid) for pid, parent, args in rows if int(parent) == self.process.pid and program in args]

    def wait_for_both(self):
        wait_until(self.health, "the site")
        (web,) = wait_until(lambda: self.children("gunicorn"), "the web server")
        (worker,) = wait_until(lambda: self.children("celery"), "the worker")
        return web, worker


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_running(pid) -> bool:
    """Whether any process of that session is left: web server and worker lead a session each."""
    asked = subprocess.run(["ps", "-o", "pid=,stat=", "--sid", str(pid)], capture_output=True, text=True, check=False)
    return any("Z" not in line.split()[1] for line in asked.stdout.splitlines())


@pytest.fixture
def demo(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the demo brings its own embedded database")
    database = tmp_path / "demo.sqlite3"
    connection.close()
    shutil.copyfile(connection.settings_dict["NAME"], database)
    demo = Demo(tmp_path, database)
    yield demo
    if demo.process.poll() is None:
        demo.process.terminate()
        demo.process.wait(PATIENCE)


def test_both_come_up_in_their_own_folder_and_ctrl_c_stops_them(demo, tmp_path, report):
    web, worker = demo.wait_for_both()
    health = demo.health()

    demo.process.send_signal(signal.SIGINT)
    code = demo.process.wait(PATIENCE)

    report("Ctrl-C: site and worker stopped, exit code 0")
    assert health == (200, {"status": "ok", "database": "ok", "redis": "ok", "mail": "ok"})
    assert code == 0
    assert (tmp_path / "queue" / "messages").is_dir()
    assert [is_running(web), is_running(worker)] == [False, False]
    assert demo.health() is None


@pytest.mark.parametrize("killed", ["worker", "web"])
def test_when_one_dies_the_other_stops_too(demo, report, killed):
    both = dict(zip(("web", "worker"), demo.wait_for_both(), strict=True))

    os.kill(both[killed], signal.SIGKILL)
    code = demo.process.wait(PATIENCE)

    report(f"{killed} killed: the other stopped too, exit code 1")
    assert code == 1
    assert [is_running(pid) for pid in both.values()] == [False, False]
