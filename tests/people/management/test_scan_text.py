import io
import json
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError

from lms.people.management.commands import scan_text
from tests.factories.people import UserFactory


def scanned(data, monkeypatch, **options):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    call_command("scan_text", stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@time_machine.travel("2026-11-22")
def test_scan_text_answers_each_line_with_one_line_of_json(monkeypatch):
    text = "Borger 010190-1234\n\nOrdre 010190-1234\r\nHej æøå"

    answers = scanned(text.encode(), monkeypatch)

    assert answers == [
        {"verdict": "block", "kinds": ["cpr"]},
        {"verdict": "pass", "kinds": []},
        {"verdict": "ask", "kinds": ["cpr_like"]},
        {"verdict": "pass", "kinds": []},
    ]


def test_scan_text_says_nothing_of_nothing(monkeypatch):
    assert scanned(b"", monkeypatch) == []


def test_scan_text_reads_on_past_bytes_that_are_no_text(monkeypatch):
    answers = scanned(b"\xff\xfe\xe6 010190-1234\nx", monkeypatch)

    assert [answer["verdict"] for answer in answers] == ["block", "pass"]


@pytest.mark.django_db
def test_scan_text_reads_a_case_more_strictly(monkeypatch):
    UserFactory(name="Bo Quixada")
    text = "Jeg spurgte Mette\nQuixada svarede\na@b.dk\nTlf. 20 30 40 50\nNørregade 12".encode()

    open_kinds = [answer["kinds"] for answer in scanned(text, monkeypatch)]
    case_kinds = [answer["kinds"] for answer in scanned(text, monkeypatch, case=True)]

    assert open_kinds == [[], [], [], ["phone"], ["address"]]
    assert case_kinds == [["name"], ["name"], ["email"], ["phone"], ["address"]]


def test_scan_text_reads_a_case_without_a_database_too(monkeypatch):
    monkeypatch.setattr(scan_text, "names_on_the_site", refuse)

    assert scanned(b"Jeg spurgte Mette", monkeypatch, case=True) == [{"verdict": "ask", "kinds": ["name"]}]


def refuse():
    raise OperationalError
