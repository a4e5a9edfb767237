"""No log holds an address that opens something: asked of the filter, of the settings, and of a real gunicorn."""

import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing

from lms.backends.masking import MaskSecrets, masked
from lms.meetings.queries import feed_token
from tests.factories.people import UserFactory

FEED = f"/kalender/{feed_token(UserFactory.build())}.ics"
SIGNED = signing.dumps({"invitee": 7}, salt="answer")


def line(text, *args):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, text, args, None)
    MaskSecrets().filter(record)
    return record.getMessage()


# With names of their own: a token holds the second it was made in, and two processes must collect the same tests.
@pytest.mark.parametrize(
    "prefix, secret",
    [("/moede/svar/", SIGNED), ("/invitation/", "3f" * 36), ("/", SIGNED)],
    ids=["answer", "invitation", "anywhere"],
)
def test_what_opens_something_is_masked(prefix, secret):
    assert masked(f"GET {prefix}{secret}/ HTTP/1.1") == f"GET {prefix}…/ HTTP/1.1"


def test_a_calendar_is_masked_with_its_ending():
    assert masked(f"GET {FEED} HTTP/1.1") == "GET /kalender/… HTTP/1.1"


def test_the_key_to_a_new_password_is_masked():
    key = default_token_generator.make_token(UserFactory.build(pk=1))

    assert key not in masked(f"/konto/password/reset/key/1a-{key}/")


@pytest.mark.parametrize(
    "text",
    [
        "GET /moede/7/svar/ HTTP/1.1",
        "GET /hold/vest-foraar-2027/kursister/?sog=mette HTTP/1.1",
        "GET /static/site.0123456789ab.css HTTP/1.1",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    ],
)
def test_other_addresses_stay_readable(text):
    assert masked(text) == text


@pytest.mark.parametrize("written", ["010190-1234", "010190%2D1234", "0101901234", "010190+1234", "010190 - 1234"])
def test_what_somebody_searched_with_is_masked_where_it_may_be_a_personal_number(written):
    assert masked(f"GET /soeg/?q={written} HTTP/1.1") == "GET /soeg/?q=… HTTP/1.1"


def test_a_line_is_masked_with_its_arguments():
    assert line("Not Found: %s", FEED) == "Not Found: /kalender/…"


def test_every_handler_of_ours_masks():
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["secrets"]] * len(handlers)
    assert settings.LOGGING["loggers"]["django.server"]["handlers"] == ["console"]


@pytest.fixture
def log_of_gunicorn(tmp_path):
    """What a gunicorn with these arguments writes into its access log when somebody asks for a calendar."""

    def ask(*arguments):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = tmp_path / "access.log"
        options = ["-b", f"127.0.0.1:{port}", "-w", "1", "--access-logfile", str(log), "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", *arguments, *options, "tests.backends.hello"]
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ, stderr=subprocess.DEVNULL)
        try:
            knock(f"http://127.0.0.1:{port}{FEED}", server)
        finally:
            server.terminate()
            server.wait()
        return log.read_text()

    return ask


def knock(address, server):
    while server.poll() is None:
        try:
            request = urllib.request.Request(address, headers={"Referer": address})  # noqa: S310 - our own server
            return urllib.request.urlopen(request).close()  # noqa: S310
        except (urllib.error.URLError, ConnectionResetError):
            time.sleep(0.05)
    raise AssertionError("gunicorn did not start")


def test_the_shipped_web_servers_log_holds_no_address(log_of_gunicorn):
    log = log_of_gunicorn("-c", "deploy/gunicorn.conf.py")

    assert log.count("/kalender/…") == 2
    assert FEED.removesuffix(".ics").removeprefix("/kalender/") not in log


def test_gunicorns_own_log_would_hold_it(log_of_gunicorn):
    assert FEED in log_of_gunicorn()
