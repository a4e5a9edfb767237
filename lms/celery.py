"""The Celery application: background work is woken by task name and finds its truth in the database."""

import os

from celery import Celery

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE",
    "lms.settings.demo" if os.environ.get("DEMO") == "1" else "lms.settings.development",
)

app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
