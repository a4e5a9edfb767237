"""A virus scanner beside the site, when there is one: clamd, asked over its own socket, and never over the network.

``VIRUS_SCANNER`` is ``tcp://127.0.0.1:3310`` or ``unix:///run/clamav/clamd.ctl``; when it is empty nothing is scanned.
"""

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 64 * 1024
PATIENCE = 20
LONGEST_ANSWER = 4096
CLEAN = b"stream: OK"
FOUND = b"FOUND"


class Infected(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The scanner knows what is in the file."""


class NotScanned(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The scanner did not say that the file is clean: then it is not taken."""


def scan(file: BinaryIO) -> None:
    """:raises Infected: or NotScanned. Does nothing where no scanner has been set up."""
    if not settings.VIRUS_SCANNER:
        return
    file.seek(0)
    try:
        with _connected() as connection:
            answer = _asked(connection, file)
    except OSError as error:
        raise NotScanned from error
    finally:
        file.seek(0)
    if answer.endswith(FOUND):
        raise Infected
    if answer != CLEAN:
        raise NotScanned


def _connected():
    place = urlsplit(settings.VIRUS_SCANNER)
    if place.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        connection.connect(place.path)
        return connection
    return socket.create_connection((place.hostname, place.port or 3310), timeout=PATIENCE)


def _asked(connection, file):
    connection.sendall(b"zINSTREAM\0")
    while piece := file.read(PIECE):
        connection.sendall(struct.pack("!I", len(piece)) + piece)
    connection.sendall(struct.pack("!I", 0))
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER and (part := connection.recv(LONGEST_ANSWER)):
        answer += part
    return answer.partition(b"\0")[0].strip()
