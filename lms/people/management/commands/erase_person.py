"""Erase a person: ``erase_person EMAIL [--preview]``. Run again after a stop, it does what is left."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.people import actions
from lms.people.models import User
from lms.people.queries.personal import counts_of, mentions_of


class Command(BaseCommand):
    help = (
        "Take a person out of everything; --preview counts the rows and the places in others' texts, and does nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--preview", action="store_true")

    def handle(self, *_args, email, preview, **_options):
        person = User.objects.with_address(email).first()
        if person is None:
            self.stdout.write(f"Nobody here has that address. Files deleted: {actions.erase_files()}.")
            return
        mentions = mentions_of(person)
        counts = counts_of(person) if preview else actions.erase_person(person=person, by=None, now=timezone.now())
        for model, count in sorted(counts.items()):
            self.stdout.write(f"{model}: {count}")
        places = sum(len(keys) for keys in mentions.values())
        self.stdout.write(f"Named in others' texts: {places} places, for a moderator to read.")
        for place, keys in sorted(mentions.items()):
            self.stdout.write(f"  {place}: {', '.join(map(str, keys))}")
