from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from lms.home.actions import receive_all
from lms.home.methods.imap import open_inbox


@shared_task(name="lms.home.tasks.update_search_index")
def update_search_index():
    """Each night: what a lost message left out of the search index comes back in."""
    call_command("wagtail_update_index", verbosity=0)


@shared_task(name="lms.home.tasks.poll_mailbox")
def poll_mailbox():
    """Every other minute, where answers come in to a mailbox of their own."""
    if not settings.IMAP_URL:
        return 0
    with open_inbox(settings.IMAP_URL) as inbox:
        return receive_all(inbox=inbox, now=timezone.now())
