"""Takes one raw message on its standard input, as mail servers hand them to a program."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.formats.mails import MAX_BYTES
from lms.home.actions import receive_mail
from lms.meetings.actions import MailRefused

EX_DATAERR = 65


class Command(BaseCommand):
    help = "Receive one mail on standard input: an answer to an invitation, or a delivery failure. 65 = refused."

    def handle(self, **_options):
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        try:
            receive_mail(raw=raw, now=timezone.now())
        except MailRefused as refused:
            self.stderr.write(f"{refused.reason}: {refused.reason.label}")
            sys.exit(EX_DATAERR)
