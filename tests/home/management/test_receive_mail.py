"""What a mail server sees that hands a mail to the command: 0, or 65 and the reason."""

import io
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command

from lms.meetings.models import RefusedMail
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.days import NOW, schedule
from tests.meetings.mails import GATE, reply

pytestmark = pytest.mark.django_db


def hand_over(raw: bytes, monkeypatch):
    """The exit code, and what was written to standard error."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    errors = io.StringIO()
    with time_machine.travel(NOW, tick=False):
        try:
            call_command("receive_mail", stderr=errors)
        except SystemExit as left:
            return left.code, errors.getvalue()
    return 0, errors.getvalue()


def test_an_answer_is_taken(monkeypatch, settings):
    settings.MAIL_AUTHSERV_ID = GATE
    cohort = CohortFactory()
    kursist_in(cohort, email="mette@viborg.example")
    meeting = schedule(cohort)

    assert hand_over(reply(meeting, now=NOW), monkeypatch) == (0, "")
    assert meeting.invitees.get().answer == "accepted"


@pytest.mark.parametrize(
    "raw, reason", [(b"", "no_reply"), (b"x" * 400_000, "unreadable"), (bytes(range(256)) * 10, "no_reply")]
)
def test_anything_else_is_refused_with_a_reason(raw, reason, monkeypatch):
    code, errors = hand_over(raw, monkeypatch)

    assert (code, errors.partition(":")[0]) == (65, reason)
    assert RefusedMail.objects.get().reason == reason


HOSTILE = [
    ({"uid": "af-en-anden"}, "unknown_meeting"),
    ({"attendee": "jens@viborg.example"}, "other_attendee"),
    ({"sender": "stranger@viborg.example"}, "not_invited"),
    ({"sequence": 10**40}, "unknown_sequence"),
    ({"extra": "RRULE:FREQ=SECONDLY;COUNT=1000000000"}, "unsupported"),
    ({"extra": "RDATE:" + ",".join(["20261102T090100Z"] * 5000)}, "unsupported"),
    ({"extra": "X-A:\x00"}, "unreadable"),
    ({"method": "CANCEL"}, "unsupported"),
]


@pytest.mark.parametrize(
    "forged, reason", HOSTILE, ids=[f"{number}-{reason}" for number, (_f, reason) in enumerate(HOSTILE)]
)
def test_a_hostile_answer_is_refused_and_changes_nothing(forged, reason, monkeypatch, settings):
    """As the mail server sees it: the gate has even vouched for the sender."""
    settings.MAIL_AUTHSERV_ID = GATE
    cohort = CohortFactory()
    kursist_in(cohort, email="mette@viborg.example")
    meeting = schedule(cohort)

    code, errors = hand_over(reply(meeting, now=NOW, **forged), monkeypatch)

    assert (code, errors.partition(":")[0]) == (65, reason)
    assert RefusedMail.objects.get().reason == reason
    assert meeting.invitees.get().answer == "none"


@pytest.mark.parametrize(
    "charset, outcome",
    [(b"klingon", (0, "accepted")), (b"us-ascii", (0, "accepted")), (b"utf-16", (65, "none"))],
)
def test_an_answer_in_a_wrong_charset_is_read_or_refused(charset, outcome, monkeypatch, settings):
    settings.MAIL_AUTHSERV_ID = GATE
    cohort = CohortFactory()
    kursist_in(cohort, email="mette@viborg.example")
    meeting = schedule(cohort)
    raw = reply(meeting, now=NOW, extra="SUMMARY:Øvelse").replace(b"; charset=utf-8", b"; charset=" + charset)

    code, _errors = hand_over(raw, monkeypatch)

    assert (code, meeting.invitees.get().answer) == outcome
