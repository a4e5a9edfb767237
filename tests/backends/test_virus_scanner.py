"""The scanner beside the site, played by a socket that speaks its few words."""

import io
import socket
import struct
import threading

import pytest

from lms.backends import virus_scanner
from lms.backends.virus_scanner import Infected, NotScanned, scan
from tests.courses.hostile_files import EICAR


class Scanner(threading.Thread):
    """Takes one file, and says what it was told to say."""

    def __init__(self, listening, answer):
        super().__init__(daemon=True)
        self.listening, self.answer, self.got = listening, answer, b""

    def run(self):
        connection, _address = self.listening.accept()
        with connection:
            stream = connection.makefile("rb")
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", stream.read(4))[0]:
                self.got += stream.read(size)
            answer = self.answer or (b"stream: Eicar FOUND\0" if EICAR in self.got else b"stream: OK\0")
            connection.sendall(answer)


@pytest.fixture(params=["tcp", "unix"])
def scanner(request, settings, tmp_path):
    def start(answer=b""):
        if request.param == "tcp":
            listening = socket.create_server(("127.0.0.1", 0))
            settings.VIRUS_SCANNER = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        else:
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(str(tmp_path / "clamd.ctl"))
            listening.listen()
            settings.VIRUS_SCANNER = f"unix://{tmp_path / 'clamd.ctl'}"
        request.addfinalizer(listening.close)
        one = Scanner(listening, answer)
        one.start()
        return one

    return start


def test_clean_file_passes_whole_and_is_left_at_its_beginning(scanner):
    one, data = scanner(), b"ord " * 50_000
    file = io.BytesIO(data)
    file.read(7)

    assert scan(file) is None

    one.join(5)
    assert (one.got, file.read()) == (data, data)


def test_file_the_scanner_knows_is_infected(scanner):
    scanner()

    with pytest.raises(Infected):
        scan(io.BytesIO(EICAR))


@pytest.mark.parametrize(
    "answer", [b"stream: ERROR\0", b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"stream: OKAY\0"]
)
def test_whatever_else_it_says_the_file_counts_as_not_scanned(scanner, answer):
    scanner(answer)

    with pytest.raises(NotScanned):
        scan(io.BytesIO(b"Hej"))


@pytest.mark.parametrize("place", ["tcp://127.0.0.1:9", "unix:///findes/ikke.ctl"])
def test_scanner_that_is_not_there_lets_nothing_through(settings, place):
    settings.VIRUS_SCANNER = place
    file = io.BytesIO(b"Hej")

    with pytest.raises(NotScanned):
        scan(file)

    assert file.read() == b"Hej"


def test_without_a_scanner_nothing_is_asked(settings, monkeypatch):
    settings.VIRUS_SCANNER = ""
    monkeypatch.setattr(virus_scanner, "_connected", pytest.fail)

    assert scan(io.BytesIO(EICAR)) is None
