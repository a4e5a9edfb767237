import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models

from lms.meetings.models.cohort import Cohort

KEPT_FOR = timedelta(days=1)


class ImportDraftQuerySet(models.QuerySet):
    def alive(self, now):
        return self.filter(created_at__gt=now - KEPT_FOR)

    def forgotten(self, now):
        return self.filter(created_at__lte=now - KEPT_FOR)

    def visible_to(self, user):
        """A list somebody is working on is theirs alone."""
        return self.filter(by=user)


class ImportDraft(models.Model):
    """A list of people between upload and confirmation. Deleted when it is used or dropped, and after a day at most."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="import_drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_drafts")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What each row says, as ``lms.meetings.methods.participants.Row`` has it; never what the guard blocked.
    rows = models.JSONField()
    # The headings of the file, by field, so that a problem is named as the person knows it.
    headings = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.cohort}, {self.created_at:%Y-%m-%d}"
