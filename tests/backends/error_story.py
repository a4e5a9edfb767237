"""A page that fails with a number in everything an error report could hold. Prints the reports, one JSON line each.

Usage: error_story.py HOW, where HOW is ``ours`` or ``plain`` (Sentry as it comes, the control).
"""

import json
import logging
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings.test"

import django
import sentry_sdk
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings
from django.urls import path
from sentry_sdk.transport import Transport

from lms.backends import error_reports

DSN = "http://key@127.0.0.1:9/1"


class Printed(Transport):
    """Nothing leaves the machine: what would be sent is printed."""

    def capture_envelope(self, envelope):
        for item in envelope.items:
            sys.stdout.write(json.dumps(item.payload.json, default=str) + "\n")


def fail(request, token):
    note = request.POST["note"]
    logging.getLogger("somewhere").warning("He wrote %s", note)
    logging.getLogger("somewhere").error("It was %s", note)
    sentry_sdk.set_user({"email": note})
    sentry_sdk.set_extra("note", note)
    sentry_sdk.set_tag("note", note)
    sentry_sdk.set_context("form", {"note": note})
    message = f"invalid literal: {note!r} at {token}"
    raise ValueError(message)


urlpatterns = [path("kalender/<str:token>/", fail)]


def main(how: str, number: str) -> None:
    options = error_reports.options(DSN)
    if how == "plain":
        options = {"dsn": DSN, "send_default_pii": True, "max_request_body_size": "always"}
    django.setup()
    sentry_sdk.init(**options, transport=Printed)
    browser = RequestFactory(headers={"referer": f"http://testserver/?q={number}", "cookie": f"note={number}"})
    request = browser.post(f"/kalender/{'3f' * 20}/?q={number}", {"note": number})
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        WSGIHandler()(request.environ, lambda *_answer: None)
    sentry_sdk.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
