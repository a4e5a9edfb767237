"""Starts the site and one background worker together in the foreground; whichever stops, or a signal, stops both."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.home.management.demo.people import PASSWORD

GRACE = 10


def catches_interrupt(pid: int) -> bool | None:
    """Whether that process still catches SIGINT: ``make`` stops when it got one, and tells its children nothing."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        masks = [line.split()[1] for line in status.splitlines() if line.startswith("SigCgt")]
        return bool(int(masks[0], 16) & (1 << (signal.SIGINT - 1)))
    except (OSError, IndexError):
        return None


def programs(port: str) -> list[list[str]]:
    python = [sys.executable, "-m"]
    web = ["gunicorn", "lms.wsgi", "-b", f"127.0.0.1:{port}", "-w", "1", "-k", "gthread", "--threads", "4"]
    worker = ["celery", "--quiet", "-A", "lms", "worker", "-B", "-P", "threads", "-c", "2", "-l", "WARNING"]
    return [[*python, *web, "--no-control-socket", "--log-level", "warning"], [*python, *worker]]


def stop(children: list[subprocess.Popen]) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # what a child left behind, such as the beat of a killed worker


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, **_options):
        if not settings.DEMO:
            raise CommandError("The demo runs with DEMO=1 only.")
        asked_to_stop = []
        for number in (
            signal.SIGINT,
            signal.SIGTERM,
            signal.SIGHUP,
        ):  # even where a script started us with SIGINT ignored
            signal.signal(number, lambda caught, _frame: asked_to_stop.append(caught))
        port, parent = os.environ.get("PORT", "8000"), os.getppid()
        self.greet(port)
        # A session each: Ctrl-C reaches them once, from here, and not also from the terminal.
        children = [subprocess.Popen(program, start_new_session=True) for program in programs(port)]  # noqa: S603
        caught = catches_interrupt(parent)
        while not asked_to_stop and all(child.poll() is None for child in children):
            if os.getppid() != parent or catches_interrupt(parent) != caught:
                break
            time.sleep(0.2)
        failed = any(child.poll() for child in children)
        stop(children)
        sys.exit(1 if failed else 0)

    def greet(self, port: str) -> None:
        self.stdout.write(f"\nFodfæste runs on http://localhost:{port}/ – stop it with Ctrl-C.")
        self.stdout.write("Sign in with one click on the sign-in page, or for example as")
        self.stdout.write(f"  mette.lindholm@viborg.example (job consultant), password {PASSWORD}")
        self.stdout.write("Everything in it, the participating municipalities too, is invented.\n")
        self.stdout.flush()
