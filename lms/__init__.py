"""The platform: people, programme, meetings, sharing and the pages that need them all."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
