"""Rows of an outbox, as the sender would have left them."""

from datetime import timedelta

from lms.notifications.models import Notice
from tests.factories.people import UserFactory


def noted(cohort, about=1, *, now, occasion="meetings.invited", **fields):
    """One mail of the cohort's outbox, waiting unless it is said otherwise."""
    fields = {"recipient": None, "revision": 0, **fields}
    fields["recipient"] = fields["recipient"] or UserFactory()
    times = {"created_at": now, "due_at": now}
    return Notice.objects.create(
        occasion=occasion, object_id=getattr(about, "pk", about), outbox=cohort.outbox, **times | fields
    )


def sent(cohort, about=1, *, now, days_ago=0, **fields):
    return noted(cohort, about, now=now, state=Notice.State.SENT, sent_at=now - timedelta(days=days_ago), **fields)


def bounced(cohort, about=1, *, now, failure="5.1.1", **fields):
    return noted(cohort, about, now=now, state=Notice.State.BOUNCED, sent_at=now, failure=failure, **fields)


def failed(cohort, about=1, *, now, failure="address refused", **fields):
    return noted(cohort, about, now=now, state=Notice.State.FAILED, failure=failure, **fields)
