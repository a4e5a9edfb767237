"""The writing guard on standard input: one JSON line for each line of text."""

import json
import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.people.methods.guard import scan


class Command(BaseCommand):
    help = "Scan standard input for personal numbers; prints one JSON line per input line."
    requires_system_checks = ()

    def handle(self, *_args, **_options):
        today = timezone.localdate()
        for line in sys.stdin.buffer:
            verdict = scan(line.decode("utf-8", errors="replace").rstrip("\r\n"), today=today)
            self.stdout.write(json.dumps({"verdict": verdict.level, "kinds": verdict.kinds}))
