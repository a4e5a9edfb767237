from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from lms.home.management.demo import community, course, days, groups, people
from lms.home.management.demo.content import Clock
from lms.notifications.actions import wake_sender
from lms.people.models import User


class Command(BaseCommand):
    help = "Fills an empty database with the demo programme: invented people at work in one course."

    def handle(self, **_options):
        if not settings.DEMO:
            raise CommandError("The demo's people go into the demo's database only: set DEMO=1.")
        if User.objects.exists():  # filled as a whole or not at all: whoever is there came with everything else
            self.say("kept what is there; »make demo-reset« empties it")
        else:
            with translation.override("da"), transaction.atomic():
                self.fill(Clock(timezone.localdate()))
        self.index()

    def fill(self, clock: Clock) -> None:
        self.say("people and organisations")
        world = people.create(clock)
        self.say("the course and its materials")
        demo_course = course.create(world)
        self.say("cohorts, days and groups")
        demo_days = days.create(world, clock, demo_course)
        self.say("supervision")
        groups.create(world, clock, demo_days)
        self.say("the community")
        community.create(world, clock)

    def index(self) -> None:
        """Index all of it here and now, instead of row by row when the worker starts, and leave it only the mails."""
        self.say("the search index")
        current_app.control.purge()
        call_command("wagtail_update_index", verbosity=0)
        wake_sender()

    def say(self, words: str) -> None:
        self.stdout.write(f"      … {words}")
        self.stdout.flush()
