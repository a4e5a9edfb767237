from celery import shared_task
from django.core.management import call_command


@shared_task(name="lms.home.tasks.update_search_index")
def update_search_index():
    """Each night: what a lost message left out of the search index comes back in."""
    call_command("wagtail_update_index", verbosity=0)
