"""What an error report tells, of a page that fails with a CPR number in all that could get into one."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from lms.backends.error_reports import only_kind, options, scrubbed

NUMBER = "230487-1234"
TOKEN = "3f" * 20


def reports(how):
    """From a process of its own: Sentry changes the process it is started in."""
    program = [sys.executable, "tests/backends/error_story.py", how, NUMBER]
    told = subprocess.run(program, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in told.stdout.splitlines()]


@pytest.fixture(scope="module")
def ours():
    return reports("ours")


def test_a_failure_is_reported_with_its_class_and_its_place(ours):
    (failure,) = [event for event in ours if "exception" in event]
    (exception,) = failure["exception"]["values"]

    assert (exception["type"], exception["value"]) == ("ValueError", "")
    assert exception["stacktrace"]["frames"][-1]["function"] == "fail"
    assert failure["request"] == {"method": "POST", "url": "http://testserver/kalender/…/"}


def test_a_logged_error_says_whose_line_it_is(ours):
    (logged,) = [event["logentry"] for event in ours if "logentry" in event]

    assert logged == {"message": "somewhere"}


def test_nothing_of_the_number_or_of_a_secret_address_is_reported(ours):
    assert [word for word in ("230487", TOKEN) if word in json.dumps(ours)] == []


def test_sentry_as_it_comes_would_report_both():
    told = json.dumps(reports("plain"))

    assert [word for word in (NUMBER, TOKEN) if word in told] == [NUMBER, TOKEN]


def test_steps_on_the_way_are_kept_by_kind_alone():
    step = {"category": "query", "type": "default", "message": f"SELECT '{NUMBER}'", "data": {"q": NUMBER}}

    assert only_kind(step, {}) == {"category": "query", "type": "default"}


def test_an_event_with_nothing_in_it_stays_empty():
    assert scrubbed({}, {}) == {}


def test_an_exception_without_a_trace_is_scrubbed_too():
    event = {
        "exception": {"values": [{"type": "ValueError", "value": NUMBER}]},
        "breadcrumbs": {"values": [{"data": 1}]},
    }

    assert scrubbed(event, {}) == {
        "exception": {"values": [{"type": "ValueError", "value": ""}]},
        "breadcrumbs": {"values": [{}]},
    }


def test_every_way_out_is_scrubbed():
    chosen = options("http://key@127.0.0.1:9/1")

    assert (chosen["before_send"], chosen["before_send_transaction"], chosen["before_breadcrumb"]) == (
        scrubbed,
        scrubbed,
        only_kind,
    )
