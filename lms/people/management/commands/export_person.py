"""Hand out everything that is held about a person: ``export_person EMAIL [--output FILE]``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.people import actions
from lms.people.models import User

DEFAULT_NAME = "oplysninger.zip"


class Command(BaseCommand):
    help = "Write one zip with everything the system holds about a person, without others' data."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--output", type=Path, default=Path(DEFAULT_NAME), help=f"where to; {DEFAULT_NAME}")

    def handle(self, *_args, email, output, **_options):
        person = User.objects.with_address(email).first()
        if person is None:
            raise CommandError("Nobody here has that address.")
        output.write_bytes(actions.export_person(person=person, by=None, now=timezone.now()))
        self.stdout.write(str(output))
