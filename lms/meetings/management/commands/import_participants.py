"""Import a list of people into a cohort: ``import_participants FILE --cohort SLUG [--dry-run]``."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from lms.meetings import actions
from lms.meetings.forms.imports import ListUnreadable, read_people
from lms.meetings.forms.problems import described
from lms.meetings.models import Cohort

NOTHING_READ, SOME_REJECTED = 2, 3


class Command(BaseCommand):
    help = (
        "Import people from CSV or XLSX; a JSON report on stdout; exits with 0, 3 (some rejected) or 2 (nothing read)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--cohort", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="check and count everything, and store nothing")

    def handle(self, *_args, **options):
        now = timezone.now()
        people = _read(options["file"], timezone.localdate(now))
        cohort = Cohort.objects.select_related("course").filter(slug=options["cohort"]).first()
        if cohort is None:
            message = f"There is no cohort »{options['cohort']}«."
            raise CommandError(message, returncode=NOTHING_READ)
        with transaction.atomic():
            report = actions.import_participants(cohort=cohort, rows=people.rows, by=None, allowed=None, now=now)
            transaction.set_rollback(options["dry_run"])
        self.stdout.write(json.dumps(_as_json(report, people.headings), ensure_ascii=False))
        if report.rejected:
            raise SystemExit(SOME_REJECTED)


def _read(path, today):
    try:
        return read_people(path.read_bytes(), file_name=path.name, today=today)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise CommandError(message, returncode=NOTHING_READ) from error
    except ListUnreadable as error:
        raise CommandError(error.message, returncode=NOTHING_READ) from error


def _as_json(report, headings):
    return {
        "imported": report.imported,
        "updated": report.updated,
        "rejected": [_rejected(checked, headings) for checked in report.rejected],
    }


def _rejected(checked, headings):
    """One entry for each row: the first column in doubt, and everything there is to say."""
    reasons = [f"{problem.column}: {problem.text}" for problem in described(checked, headings)]
    return {"row": checked.row.number, "field": checked.problems[0].column, "reason": " ".join(reasons)}
