"""A web client for addresses that people typed. The servers are real ones on loopback; only the judging of names is fed."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

from lms.backends.guarded_http import (
    LARGEST_ANSWER,
    AddressRefused,
    AnswerTooLarge,
    GuardedSession,
    judged_address,
    may_be_asked,
    refuse_unsafe,
)

INNER = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b:1::1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::", "2001:db8::1", "192.0.2.1",
]  # fmt: skip
OUTER = ["93.184.216.34", "20.190.160.1", "2606:2800:220:1:248:1893:25c8:1946"]


@pytest.fixture
def strict(settings):
    """As in production."""
    settings.IDENTITY_PROVIDERS_ON_LOOPBACK = False


@pytest.mark.parametrize("address", INNER)
def test_inner_address_is_never_asked(strict, address):
    assert may_be_asked(address) is False


@pytest.mark.parametrize("address", OUTER)
def test_public_address_may_be_asked(strict, address):
    assert may_be_asked(address) is True


@pytest.mark.parametrize(
    "url",
    [
        "http://login.example.org/", "ftp://login.example.org/", "file:///etc/passwd", "https://", "https:///path", "",
        "//login.example.org/", "https://user:word@login.example.org/", "http://127.0.0.1:8000/", "gopher://127.0.0.1/",
    ],
)  # fmt: skip
def test_address_that_is_no_https_address_of_another_machine_is_refused(strict, url):
    with pytest.raises(AddressRefused):
        refuse_unsafe(url)


def test_https_address_passes(strict):
    assert refuse_unsafe("https://login.microsoftonline.com/x/v2.0") is None


def test_loopback_is_for_the_tests_alone_and_only_by_number(settings):
    settings.IDENTITY_PROVIDERS_ON_LOOPBACK = True

    assert refuse_unsafe("http://127.0.0.1:1/") is None
    with pytest.raises(AddressRefused):
        refuse_unsafe("http://localhost:1/")


def answers(*addresses):
    return lambda *_args, **_kwargs: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["169.254.169.254"], []])
def test_name_with_any_inner_address_is_refused(strict, monkeypatch, addresses):
    monkeypatch.setattr(socket, "getaddrinfo", answers(*addresses))

    with pytest.raises(AddressRefused):
        judged_address("login.example.org", 443)


def test_connection_goes_to_the_address_that_was_judged(strict, monkeypatch):
    """A name that answers differently the second time leads nowhere else: it is asked once."""
    asked = []

    def changing(host, *_args, **_kwargs):
        asked.append(host)
        return answers("93.184.216.34" if len(asked) == 1 else "127.0.0.1")()

    monkeypatch.setattr(socket, "getaddrinfo", changing)

    assert judged_address("login.example.org", 443) == "93.184.216.34"
    assert asked == ["login.example.org"]


def test_request_to_a_name_that_leads_inside_opens_no_connection(strict, monkeypatch, server):
    monkeypatch.setattr(socket, "getaddrinfo", answers("127.0.0.1"))

    with pytest.raises(requests.RequestException):
        GuardedSession().get(f"https://login.example.org:{server.server_port}/")

    assert server.asked == []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/inner")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * (LARGEST_ANSWER + 1 if self.path == "/large" else LARGEST_ANSWER))

    def log_message(self, *_args):
        """Quiet."""


@pytest.fixture
def server():
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_redirect_is_not_followed(server):
    with pytest.raises(AddressRefused):
        GuardedSession().get(f"http://127.0.0.1:{server.server_port}/away", allow_redirects=True)

    assert server.asked == ["/away"]


def test_answer_that_is_too_large_is_dropped_and_the_largest_allowed_is_read(server):
    base = f"http://127.0.0.1:{server.server_port}"

    with pytest.raises(AnswerTooLarge):
        GuardedSession().get(f"{base}/large")

    assert len(GuardedSession().get(f"{base}/fits").content) == LARGEST_ANSWER


def test_no_proxy_of_the_surroundings_does_the_asking(monkeypatch, server):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")

    assert GuardedSession().get(f"http://127.0.0.1:{server.server_port}/fits").status_code == 200
