import logging

from celery import shared_task
from django.utils import timezone

from supervision import actions

logger = logging.getLogger(__name__)


@shared_task(name="supervision.tasks.delete_old_cases")
def delete_old_cases():
    """Each night: what has been kept long enough goes."""
    logger.info("Deleted %d old cases", actions.delete_old_cases(now=timezone.now()))
