"""Time limits: what goes now, what would go (``--preview``), and what went (``--report``). Counts only."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.people import actions
from lms.people.models import RetentionCount

COUNTS_SHOWN = 90


class Command(BaseCommand):
    help = "Let everything go that has been kept long enough; --preview and --report only count."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--preview", action="store_true", help="what would go now")
        what.add_argument("--report", action="store_true", help=f"what went: the newest {COUNTS_SHOWN} counts")

    def handle(self, *_args, preview, report, **_options):
        now = timezone.now()
        if report:
            self._tell((f"{row.day} {row.model}", row.count) for row in RetentionCount.objects.all()[:COUNTS_SHOWN])
        elif preview:
            self._tell((line.model, count) for line, count in actions.waiting_to_go(now=now))
        else:
            self._tell(actions.keep_no_longer(now=now).items())

    def _tell(self, counts):
        for what, count in counts:
            self.stdout.write(f"{what}: {count}")
