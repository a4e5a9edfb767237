"""Erasure on its way: who has asked, which files still have to go, and what the time limits have taken."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from lms.people.models.keyed import KeyedQuerySet, token_for

TOKEN_SALT = "lms.people.erasure"  # noqa: S105 - a name for the purpose, not a secret


class ErasureRequestQuerySet(KeyedQuerySet["ErasureRequest"]):
    def open(self):
        return self.filter(regretted_at=None)

    def visible_to(self, user):
        return self.filter(person=user)


class ErasureRequest(models.Model):
    """An account that is to be erased on a day, unless somebody regrets it until then."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure_requests")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Asked for by the person; otherwise nobody has used the account for long.
    is_own = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # When the last mail was written: nothing is erased that was not told of.
    told_at = models.DateTimeField(null=True, blank=True)
    regretted_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(regretted_at=None), name="erasure_request_one_open_per_person"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("asked_at")), name="erasure_request_leaves_time"),
        ]

    def __str__(self):
        return f"{self.person_id}, {self.due_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.regretted_at is None

    @property
    def token(self) -> str:
        """What the link to regret carries: which request, and a keyed proof that we wrote it."""
        return token_for(self.public_id, salt=TOKEN_SALT, signed=self.public_id.hex)


class FileToErase(models.Model):
    """A file whose row has gone: written with the erasure, so that a stop between the two leaves no file behind."""

    storage = models.CharField(max_length=40, default="default")
    name = models.CharField(max_length=300)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["storage", "name"], name="file_to_erase_once")]

    def __str__(self):
        return f"file {self.pk}"


class RetentionCount(models.Model):
    """How many rows of one kind went on one day because their time was up."""

    day = models.DateField()
    model = models.CharField(max_length=80)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day", "model"]
        constraints = [models.UniqueConstraint(fields=["day", "model"], name="retention_count_once_a_day")]

    def __str__(self):
        return f"{self.day} {self.model}: {self.count}"
