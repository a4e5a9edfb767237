"""The mailbox at a mail server where answers come in: the one module that speaks IMAP."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

TIMEOUT = 20
SAFE_NAME = re.compile(r"[A-Za-z0-9 ._/-]+")


class ServerSaysNo(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The mail server did not do what it was asked."""


class Inbox:
    """The unread messages of one folder. A message is dealt with once it is filed in another one."""

    def __init__(self, server: imaplib.IMAP4):
        self.server = server

    def unread(self) -> list[bytes]:
        """The numbers of the messages, the oldest first; they stay the same while others come and go."""
        return self._ask("UID", "SEARCH", "UNSEEN", "UNDELETED")[0].split()

    def raw(self, uid: bytes, *, limit: int) -> bytes:
        """The message, at most ``limit`` bytes of it; reading it does not mark it."""
        parts = self._ask("UID", "FETCH", uid, f"(BODY.PEEK[]<0.{limit}>)")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")

    def file(self, uid: bytes, folder: str) -> None:
        """Into ``folder``, which is made when it is not there. Copied first: a lost connection loses no mail."""
        self.server.create(_quoted(folder))
        self._ask("UID", "COPY", uid, _quoted(folder))
        self._ask("UID", "STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)")
        self.server.expunge()

    def _ask(self, command: str, *words) -> list:
        state, data = getattr(self.server, command.lower())(*words)
        if state != "OK":
            raise ServerSaysNo(words[0])
        return [part for part in data if part is not None] or [b""]


@contextmanager
def open_inbox(url: str) -> Iterator[Inbox]:
    """``imaps://user:password@host[:port]/INBOX``; ``imap://`` without a cipher, for a server on the same machine."""
    place = urlsplit(url)
    folder = unquote(place.path.strip("/")) or "INBOX"
    with _connect(place) as server:
        _sign_in(server, unquote(place.username or ""), unquote(place.password or ""))
        state, _data = server.select(_quoted(folder))
        if state != "OK":
            raise ServerSaysNo("SELECT")
        yield Inbox(server)


def _connect(place) -> imaplib.IMAP4:
    if place.scheme == "imap":
        return imaplib.IMAP4(place.hostname or "", place.port or 143, timeout=TIMEOUT)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(place.hostname or "", place.port or 993, ssl_context=context, timeout=TIMEOUT)


def _sign_in(server: imaplib.IMAP4, user: str, password: str) -> None:
    """LOGIN knows no æ, ø and å; nearly every server knows PLAIN, which does."""
    if "AUTH=PLAIN" in server.capabilities:
        server.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
    else:
        server.login(user, password)


def _quoted(folder: str) -> str:
    if not SAFE_NAME.fullmatch(folder):
        raise ValueError("A folder has a plain name.")
    return f'"{folder}"'
