"""30 addresses somebody might type to make the site fetch something inside: nobody is asked."""

import socket
import threading

import pytest
import requests
from django.core.exceptions import ValidationError
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedException
from wagtail.embeds.finders import oembed

from lms.backends.guarded_http import GuardedSession
from lms.people.forms.work_accounts import https_only

INSIDE = [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://0.0.0.0:{port}/", "http://127.1:{port}/",
    "http://2130706433:{port}/", "http://0x7f000001:{port}/", "http://0177.0.0.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "https://127.0.0.1:{port}/", "https://localhost:{port}/", "https://[::1]:{port}/", "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/", "http://192.168.0.1/", "http://172.16.0.1/", "https://10.0.0.1/", "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_x", "dict://127.0.0.1:{port}/x", "ftp://127.0.0.1:{port}/", "http://vimeo.com@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/vimeo.com/1", "http://127.0.0.1:{port}#vimeo.com/1", "http://127.0.0.1:{port}?https://vimeo.com/1",
    "http://vimeo.com.127.0.0.1.nip.example/", "https://vimeo.com.evil.example/1", "//127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@vimeo.com/",
    "jar:http://127.0.0.1:{port}/!/",
]  # fmt: skip


@pytest.fixture
def listener():
    """Somebody inside who counts who comes."""
    listening, came = socket.create_server(("127.0.0.1", 0)), []

    def count():
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            came.append(1)
            connection.close()

    threading.Thread(target=count, daemon=True).start()
    yield listening.getsockname()[1], came
    listening.close()


@pytest.fixture
def strict(settings, monkeypatch):
    """As in production; names are answered as a hostile name server would."""
    settings.IDENTITY_PROVIDERS_ON_LOOPBACK = False
    asked = socket.getaddrinfo

    def inside(host, port, *args, **kwargs):
        hostile = str(host).endswith(".example")
        return asked("127.0.0.1" if hostile else host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", inside)


def test_there_are_30_of_them(report):
    report(f"{len(INSIDE)} addresses as embed, as work account and to the client behind it: 0 connections")

    assert len(set(INSIDE)) == 30


@pytest.mark.django_db
@pytest.mark.parametrize("address", INSIDE)
def test_no_typed_address_leads_inside(strict, listener, address):
    port, came = listener
    url = address.format(port=port)

    with pytest.raises(EmbedException):
        get_embed(url)
    with pytest.raises((requests.RequestException, ValueError)):
        GuardedSession().get(url)

    assert came == []


@pytest.mark.parametrize("address", [one for one in INSIDE if not one.startswith("https:")])
def test_address_without_tls_is_refused_in_the_form(strict, address):
    with pytest.raises(ValidationError):
        https_only(address.format(port=1))


def test_listener_would_notice(listener):
    """The control: a client that trusts what it is given."""
    port, came = listener

    with pytest.raises(requests.RequestException):
        requests.get(f"http://127.0.0.1:{port}/", timeout=5)

    assert came != []


@pytest.mark.django_db
def test_film_is_described_by_one_address_whatever_is_typed(monkeypatch):
    """Of a film of vimeo's its own service is asked, and nothing that was typed."""
    opened = []

    def fetch(address, **_kwargs):
        opened.append(address)
        raise requests.ConnectionError

    monkeypatch.setattr(oembed.requests, "get", fetch)

    with pytest.raises(EmbedException):
        get_embed("https://vimeo.com/1?x=http://127.0.0.1/")

    assert opened == ["https://vimeo.com/api/oembed.json"]
