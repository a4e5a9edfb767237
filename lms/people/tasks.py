import logging

from celery import shared_task
from django.utils import timezone

from lms.people import actions

logger = logging.getLogger(__name__)


@shared_task(name="lms.people.tasks.keep_no_longer")
def keep_no_longer():
    """Each night: what has been kept long enough goes, and who asked to be erased is."""
    now = timezone.now()
    logger.info("Erased %d people", actions.carry_out_erasures(now=now))
    gone = actions.keep_no_longer(now=now)
    logger.info("Kept no longer: %s", dict(gone))
    actions.erase_files()
    return gone.total()
