"""A web client for addresses people typed: https and public addresses only, no redirects, small answers, little time.

The name is resolved once, every address it has is judged, and the connection goes to the one that was judged: a name
that answers differently the second time leads nowhere else.
"""

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import create_connection

TIMEOUT = 5
LARGEST_ANSWER = 512 * 1024
# Addresses that stand for others, which may lie inside: NAT64, 6to4 and Teredo.
STAND_INS = [ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class AddressRefused(requests.RequestException):
    """The address is not one this site may ask."""


class AnswerTooLarge(requests.RequestException):
    """More came back than any honest answer holds."""


def refuse_unsafe(url: str) -> None:
    """Refuse what is no https address of another machine.

    :raises AddressRefused: before anything is sent.
    """
    parts = urlsplit(url)
    is_loopback = parts.scheme == "http" and settings.IDENTITY_PROVIDERS_ON_LOOPBACK and parts.hostname == "127.0.0.1"
    if not (parts.scheme == "https" or is_loopback) or not parts.hostname or parts.username or parts.password:
        raise AddressRefused(url)


def may_be_asked(address: str) -> bool:
    """Whether a numeric address is one of the public network, and not one of ours inside it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if settings.IDENTITY_PROVIDERS_ON_LOOPBACK and ip.is_loopback:
        return True
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in STAND_INS)


def judged_address(host: str, port: int) -> str:
    """:raises AddressRefused: when any address of ``host`` lies inside: an honest name has none that does."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or not all(may_be_asked(address) for address in found):
        raise AddressRefused(host)
    return min(found)


class ToJudgedAddress:
    host: str
    port: int
    timeout: Any
    socket_options: Any

    def _new_conn(self):
        address = judged_address(self.host, self.port)
        return create_connection((address, self.port), self.timeout, socket_options=self.socket_options)


class JudgedHTTP(ToJudgedAddress, HTTPConnection):
    """Loopback, in tests."""


class JudgedHTTPS(ToJudgedAddress, HTTPSConnection):
    """The certificate is still checked against the name."""


class PoolHTTP(HTTPConnectionPool):
    ConnectionCls = JudgedHTTP


class PoolHTTPS(HTTPSConnectionPool):
    ConnectionCls = JudgedHTTPS


class GuardedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": PoolHTTP, "https": PoolHTTPS}


class GuardedSession(requests.Session):
    """:raises requests.RequestException: for everything that is not a small, direct, timely answer."""

    def __init__(self):
        super().__init__()
        self.trust_env = False  # a proxy would do the resolving
        for scheme in ("http://", "https://"):
            self.mount(scheme, GuardedAdapter(max_retries=0))

    def request(self, method, url, **kwargs):  # type: ignore[override]  # what we set ourselves is not ours to pass
        refuse_unsafe(url)
        kwargs |= {"allow_redirects": False, "timeout": TIMEOUT, "stream": True}
        response = super().request(method, url, **kwargs)
        with response:
            if response.is_redirect:
                raise AddressRefused(response.headers.get("Location", ""))
            response._content = self._read(response)  # noqa: SLF001 - where requests keeps what was read
        return response

    @staticmethod
    def _read(response) -> bytes:
        content = b""
        for part in response.iter_content(64 * 1024):
            content += part
            if len(content) > LARGEST_ANSWER:
                raise AnswerTooLarge(response.url)
        return content
