"""``manage.py audit_digest``: yesterday's lines for a file kept on another machine, and the check of that file."""

from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.people.actions.audit import KEPT, OPENINGS_KEPT
from lms.people.queries.digests import CHANGES, LOGS, NOTHING, OPENINGS, digest_of

# What is older has been deleted, as it should be.
KEPT_FOR = {CHANGES: KEPT, OPENINGS: OPENINGS_KEPT}


class Command(BaseCommand):
    help = "A line for each log: day, log, number of rows, SHA-256. With --check, the first day that differs."

    def add_arguments(self, parser):
        parser.add_argument("--day", type=date.fromisoformat, help="YYYY-MM-DD; yesterday when left out")
        parser.add_argument("--after", default="", help="the file of earlier lines, whose last ones the day hangs on")
        parser.add_argument("--check", default="", help="the file of earlier lines: are they still true?")

    def handle(self, *, day, after, check, **_options):
        # Read once, because it may come through a pipe.
        kept = _lines(check or after)
        for log in LOGS:
            lines = [line for name, *line in kept if name == log]
            if check:
                self.check_lines(log, lines)
            else:
                self.write_line(log, day or timezone.localdate() - timedelta(days=1), lines)

    def write_line(self, log, day, lines):
        before = [digest for earlier, _count, digest in lines if earlier < day]
        digest, count = digest_of(log, day, before[-1] if before else NOTHING)
        self.stdout.write(f"{day} {log} {count} {digest}")

    def check_lines(self, log, lines):
        previous, oldest = NOTHING, timezone.localdate() - KEPT_FOR[log] + timedelta(days=1)
        for day, count, kept in lines:
            digest, found = digest_of(log, day, previous)
            if digest != kept and day > oldest:
                message = f"{day}: the log of {log} is not as it was ({found} rows now, {count} then)."
                raise CommandError(message)
            previous = kept
        self.stdout.write(f"{log}: {len(lines)} days are as they were.")


def _lines(path: str) -> list[tuple[str, date, str, str]]:
    if not path:
        return []
    words = [line.split() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return sorted((log, date.fromisoformat(day), count, digest) for day, log, count, digest in words)
