import io
import json
from types import SimpleNamespace

import time_machine
from django.core.management import call_command


def scanned(data, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    call_command("scan_text", stdout=out)
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
