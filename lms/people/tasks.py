from celery import shared_task
from django.utils import timezone

from lms.people.actions import forget_old_entries


@shared_task(name="lms.people.tasks.forget_old_log")
def forget_old_log():
    """Each night: what the logs have kept long enough."""
    return forget_old_entries(now=timezone.now())
