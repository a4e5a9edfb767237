import logging

from celery import shared_task
from django.utils import timezone

from courses import actions

logger = logging.getLogger(__name__)


@shared_task(name="courses.tasks.offer_freed_days")
def offer_freed_days():
    """Every ten minutes: a seat that came free is for those who wait to make up for a day."""
    logger.info("Put %d requests before the coordinators", actions.offer_freed_days(now=timezone.now()))
