from celery import shared_task
from django.utils import timezone

from lms.notifications import actions


@shared_task(name="lms.notifications.tasks.send_waiting_notices")
def send_waiting_notices():
    """Woken by every action that tells somebody something, and each minute by the clock."""
    sent = 0
    while batch := actions.send_waiting(now=timezone.now()):
        sent += batch
    return sent
