"""Measures pages against the bare view: interleaved rounds on one server, so that a noisy minute hits all alike.

Prints a table and writes bench/results/latest.json.
"""

import contextlib
import http.client
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
DATABASE = ROOT / "var" / "bench.sqlite3"
os.environ |= {
    "DEMO": "1",
    "DJANGO_SETTINGS_MODULE": "bench.settings",
    "DATABASE_URL": f"sqlite:///{DATABASE}",
    "MEDIA_ROOT": str(ROOT / "var" / "bench-media"),
}

import django  # noqa: E402 - after the environment is set

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.pages import PAGES, SIGNED_IN  # noqa: E402
from lms.people.models import User  # noqa: E402

ROUNDS, REQUESTS, CONCURRENCY = 5, 40, 4
BARE = "/bench/bare/"


def prepare() -> None:
    """The demo programme in a database of its own, filled once per schema."""
    call_command("migrate", verbosity=0)
    if not User.objects.exists():
        call_command("seed_demo")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(port: int):
    command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "-k", "gthread"]
    process = subprocess.Popen([*command, "--threads", "2", "--no-control-socket", "--log-level", "warning"], cwd=ROOT)
    try:
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def cookie_of(person: str) -> str:
    if not person:
        return ""
    client = Client()
    client.force_login(User.objects.get(email=person))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def headers_for(port: int, path: str, cookie: str, *, is_again: bool) -> dict[str, str]:
    """What a browser, or a calendar program that has been here before, sends along."""
    headers = {"Cookie": cookie} if cookie else {}
    if is_again:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        link.request("GET", path, headers=headers)
        headers["If-None-Match"] = link.getresponse().headers["ETag"]
        link.close()
    return headers


def one_batch(port: int, path: str, headers: dict[str, str], count: int) -> list[float]:
    """Milliseconds of ``count`` requests over one connection."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for _ in range(count):
        began = time.perf_counter()
        link.request("GET", path, headers=headers)
        answer = link.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status != (http.HTTPStatus.NOT_MODIFIED if "If-None-Match" in headers else http.HTTPStatus.OK):
            sys.exit(f"{path} answered {answer.status}")
    link.close()
    return times


def one_round(port: int, path: str, headers: dict[str, str]) -> tuple[list[float], float]:
    """The times of a round, and requests a second over the whole of it."""
    share = REQUESTS // CONCURRENCY
    began = time.perf_counter()
    with ThreadPoolExecutor(CONCURRENCY) as pool:
        batches = list(pool.map(lambda _n: one_batch(port, path, headers, share), range(CONCURRENCY)))
    seconds = time.perf_counter() - began
    return [milliseconds for batch in batches for milliseconds in batch], REQUESTS / seconds


def inside(path: str, person: str, *, is_again: bool) -> tuple[int, int]:
    """Queries and bytes of a warm page, counted in this process."""
    client = Client(SERVER_NAME="localhost")
    if person:
        client.force_login(User.objects.get(email=person))
    first = client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, headers={"if-none-match": first["ETag"]} if is_again else {})
    return len(queries), len(answer.content)


def measure(port: int) -> dict:
    pages = [("bare", BARE, {})]
    for page in PAGES:
        path = page.address()
        pages.append((page.name, path, headers_for(port, path, cookie_of(page.person), is_again=page.is_again)))
    times, rates = {name: [] for name, *_ in pages}, {name: [] for name, *_ in pages}
    for _ in range(ROUNDS):
        for name, path, headers in pages:
            spent, rate = one_round(port, path, headers)
            times[name] += spent
            rates[name].append(rate)
    bare = statistics.median(rates["bare"])
    rows = [
        row_for(page, page.address(), times[page.name], rate=statistics.median(rates[page.name]), bare=bare)
        for page in PAGES
    ]
    signed_in = statistics.median(rates[SIGNED_IN])
    return {
        "machine": machine(),
        "bare": {"rps": round(bare, 1)},
        "bare_signed_in": {"rps": round(signed_in, 1)},
        "pages": [{**row, "ratio_signed_in": round(row["rps"] / signed_in, 3)} for row in rows],
    }


def row_for(page, path, times, *, rate, bare) -> dict:
    queries, size = inside(path, page.person, is_again=page.is_again)
    cuts = statistics.quantiles(times, n=100)
    return {
        "name": page.name,
        "scale": "demo",
        "concurrency": CONCURRENCY,
        "rps": round(rate, 1),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "queries": queries,
        "bytes": size,
        "ratio": round(rate / bare, 3),
        "kind": page.kind,
    }


def machine() -> dict:
    return {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "database": connection.vendor,
    }


def main() -> None:
    prepare()
    port = free_port()
    with server(port):
        results = measure(port)
    (ROOT / "bench" / "results" / "latest.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"bare view: {results['bare']['rps']} requests a second on {results['machine']['cores']} cores")
    print(f"{'page':28}{'rps':>8}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'bytes':>9}{'ratio':>8}{'signed in':>11}")
    for row in results["pages"]:
        print(
            f"{row['name']:28}{row['rps']:>8}{row['p50_ms']:>9}{row['p95_ms']:>9}"
            f"{row['queries']:>9}{row['bytes']:>9}{row['ratio']:>8}{row['ratio_signed_in']:>11}"
        )


if __name__ == "__main__":
    main()
