"""The writing guard on standard input: one JSON line for each line of text."""

import json
import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from lms.people.methods.guard import scan
from lms.people.queries import names_on_the_site


class Command(BaseCommand):
    help = "Scan standard input for what could tell who somebody is; prints one JSON line per input line."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--case", action="store_true", help="read as a case: names and e-mail addresses too")

    def handle(self, *_args, case=False, **_options):
        today, names = timezone.localdate(), known_names() if case else frozenset()
        for line in sys.stdin.buffer:
            text = line.decode("utf-8", errors="replace").rstrip("\r\n")
            verdict = scan(text, today=today, confidential=case, names=names)
            self.stdout.write(json.dumps({"verdict": verdict.level, "kinds": verdict.kinds}))


def known_names() -> frozenset[str]:
    """The names of people here; where there is no database, the list of common names stands alone."""
    try:
        return names_on_the_site()
    except DatabaseError:
        return frozenset()
