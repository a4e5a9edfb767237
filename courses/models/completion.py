import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import Enrolment


class Certificate(models.Model):
    """Proof of a completed course: what it said on the day it was issued."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    issued_at = models.DateTimeField()
    content = models.JSONField(default=dict)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self):
        return self.number
