"""The mailbox answers come in to, against a real IMAP server on this machine."""

import imaplib
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import time_machine

from lms.home import tasks
from lms.home.methods.imap import ServerSaysNo, _quoted, open_inbox
from lms.meetings.models import RefusedMail
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.days import NOW, schedule
from tests.meetings.mails import GATE, reply

USER, PASSWORD = "svar@fodfaeste.example", "hemmelig/æ"
ADDRESS = "svar%40fodfaeste.example:hemmelig%2F%C3%A6"


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server():
    """Pymap, which keeps its mail in memory."""
    port = free_port()
    command = [Path(sys.executable).parent / "pymap", "--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    login = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen([*command, *login], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        yield wait_for(port)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def wait_for(port):
    for _try in range(600):
        probe = socket.socket()
        probe.settimeout(0.1)
        with closing(probe):
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return port
        select_nothing()
    raise AssertionError("The mail server did not start.")


def select_nothing():
    """A tenth of a second on a socket nobody writes to."""
    quiet, other = socket.socketpair()
    quiet.settimeout(0.1)
    with closing(quiet), closing(other):
        try:
            quiet.recv(1)
        except TimeoutError:
            return


@pytest.fixture
def mailbox(server):
    """The server as any mail program sees it, with an empty INBOX."""
    with imaplib.IMAP4("127.0.0.1", server) as client:
        client.authenticate("PLAIN", lambda _challenge: f"\0{USER}\0{PASSWORD}".encode())
        client.select("INBOX")
        client.store("1:*", "+FLAGS", r"(\Deleted)")
        client.expunge()
        yield client


@pytest.fixture
def url(server):
    return f"imap://{ADDRESS}@127.0.0.1:{server}/INBOX"


def put(mailbox, *raws):
    for raw in raws:
        assert mailbox.append("INBOX", None, None, raw)[0] == "OK"


def count(mailbox, folder):
    state, data = mailbox.select(folder)
    return int(data[0]) if state == "OK" else 0


def test_unread_mail_is_read_without_marking_it_and_filed(mailbox, url):
    put(mailbox, b"Subject: en\r\n\r\nA", b"Subject: to\r\n\r\nB")

    with open_inbox(url) as inbox:
        first, second = inbox.unread()
        assert inbox.raw(first, limit=1000) == b"Subject: en\r\n\r\nA"
        assert inbox.raw(second, limit=7) == b"Subject"
        assert inbox.unread() == [first, second]
        inbox.file(first, "Behandlet")
        assert inbox.unread() == [second]

    assert (count(mailbox, "INBOX"), count(mailbox, "Behandlet")) == (1, 1)


@pytest.mark.parametrize("wrong", [f"{ADDRESS}x", "nobody:x"])
def test_a_wrong_password_is_said(server, wrong):
    with pytest.raises(imaplib.IMAP4.error), open_inbox(f"imap://{wrong}@127.0.0.1:{server}/INBOX"):
        pass


def test_a_folder_that_is_not_there_is_said(url):
    with pytest.raises(ServerSaysNo), open_inbox(url.replace("INBOX", "Findes-ikke")):
        pass


@pytest.mark.parametrize("folder", ['a"b', "a\r\nDELETE INBOX", "", "æ"])
def test_a_folder_name_cannot_be_a_command(folder):
    with pytest.raises(ValueError, match="plain name"):
        _quoted(folder)


@pytest.mark.django_db
def test_the_task_takes_every_mail_once(mailbox, url, settings):
    settings.IMAP_URL, settings.MAIL_AUTHSERV_ID = url, GATE
    cohort = CohortFactory()
    kursist_in(cohort, email="mette@viborg.example")
    meeting = schedule(cohort)
    put(mailbox, b"\xff\xfe nonsense", reply(meeting, now=NOW), b"Subject: Ferie\r\n\r\nTil mandag")

    with time_machine.travel(NOW, tick=False):
        assert (tasks.poll_mailbox(), tasks.poll_mailbox()) == (3, 0)

    assert meeting.invitees.get().answer == "accepted"
    assert RefusedMail.objects.count() == 2
    assert [count(mailbox, folder) for folder in ("INBOX", "Behandlet", "Afvist")] == [0, 1, 2]


def test_without_an_address_nobody_is_asked(settings):
    settings.IMAP_URL = ""

    assert tasks.poll_mailbox() == 0
