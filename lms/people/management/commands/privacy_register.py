"""The register as a page a data protection officer can use: ``privacy_register [--check]`` writes docs/privacy.md."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import translation

from lms.people.methods.privacy import Register, gaps_in, the_register
from lms.people.models import User

PAGE = Path("docs/privacy.md")
OF_ONE_DATABASE = "wagtailsearch.SQLite"


def the_page() -> str:
    """In Danish, which is what those who keep the record of article 30 read; the same on every database."""
    lines = [line for line in the_register().lines if not line.model.startswith(OF_ONE_DATABASE)]
    with translation.override("da"):
        return render_to_string("people/register.txt", {"register": Register(lines, the_register().apart)})


class Command(BaseCommand):
    help = (
        "Write docs/privacy.md from the register; --check fails on a gap, and when the page is not what it would write."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args, check, **_options):
        gaps = gaps_in(the_register(), apps.get_models(include_auto_created=True), User)
        if gaps:
            raise CommandError("\n".join(gaps))
        page = settings.BASE_DIR / PAGE
        if not check:
            page.write_text(the_page(), encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != the_page():
            message = f"{PAGE} is out of date: run manage.py privacy_register."
            raise CommandError(message)
