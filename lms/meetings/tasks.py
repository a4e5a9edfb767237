import logging

from celery import shared_task
from django.utils import timezone

from lms.meetings import actions
from lms.meetings.models.mail import REFUSED_MAIL_KEPT

logger = logging.getLogger(__name__)


@shared_task(name="lms.meetings.tasks.nudge_polls")
def nudge_polls():
    """Each morning: polls that close today remind those whose answer is missing."""
    logger.info("Nudged for %d polls", actions.nudge_before_closing(now=timezone.now()))


@shared_task(name="lms.meetings.tasks.plan_reminders")
def plan_reminders():
    """Every ten minutes: reminders of days whose moment has come."""
    logger.info("Planned %d reminders", actions.plan_reminders(now=timezone.now()))


@shared_task(name="lms.meetings.tasks.expire_offers")
def expire_offers():
    """Every ten minutes: offers nobody answered pass on, and seats that came free by the clock are offered."""
    now = timezone.now()
    expired = actions.expire_offers(now=now)
    logger.info("Expired %d offers and made %d", expired, actions.fill_open_cohorts(now=now))


@shared_task(name="lms.meetings.tasks.open_check_ins")
def open_check_ins():
    """Each minute: who scanned the code before the list opened is there once it is open."""
    return actions.open_check_ins(now=timezone.now())


@shared_task(name="lms.meetings.tasks.forget_refused_mails")
def forget_refused_mails():
    """Each night: mails that were refused a month ago."""
    now = timezone.now()
    logger.info("Forgot %d refused mails", actions.forget_refused_mails(before=now - REFUSED_MAIL_KEPT))
