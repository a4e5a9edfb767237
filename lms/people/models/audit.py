"""Two logs of numbers and fixed words, never of names or texts: who changed what, and who opened what is confidential.

Rows point to people by number alone, without a key of the database: whoever is erased is nobody here afterwards, and no
row has to be changed for it. Rows are added and never changed; triggers of the database see to it (0002).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AuditEntryQuerySet(models.QuerySet):
    def about(self, *things: tuple[str, object]):
        """What was done to any of ``things``: pairs of a kind (``people.user``) and ids, also as a query of ids."""
        wanted = Q(pk__in=[])
        for kind, ids in things:
            wanted |= Q(object_type=kind, object_id__in=ids)
        return self.filter(wanted)


class AuditEntry(models.Model):
    """Who did what to which row, and when. Three acts are noted coarsely: without who and what, and to the day."""

    class Reason(models.TextChoices):
        """Why something was done that does not explain itself. Never free text: that could name somebody."""

        BREAK_GLASS = "break_glass", _("in an emergency")
        RETENTION = "retention", _("kept long enough")
        ON_REQUEST = "on_request", _("the person asked for it")
        CITIZEN_RECOGNISABLE = "recognisable", _("somebody could be recognised")
        SECURITY = "security", _("for the sake of security")

    actor_id = models.BigIntegerField(null=True, db_index=True)
    verb = models.SlugField(max_length=40, db_index=False)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    moment = models.DateTimeField()

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["moment"], name="audit_by_moment"),
        ]

    def __str__(self):
        return f"{self.verb} {self.object_type} {self.object_id}"


class Opening(models.Model):
    """Somebody opened another's confidential thing within that hour; opening it again in the hour is the same row."""

    class Role(models.TextChoices):
        """As what they were let in: the owner is told this and not the name."""

        MEMBER = "member", _("a member of the group")
        SUPERVISOR = "supervisor", _("the group's supervisor")
        TRAINER = "trainer", _("a trainer of the cohort")
        ADMINISTRATOR = "administrator", _("an administrator")

    person_id = models.BigIntegerField(db_index=True)
    # Whose thing it was: its owner can see this also when the thing is gone.
    owner_id = models.BigIntegerField()
    role = models.CharField(max_length=16, choices=Role)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    hour = models.DateTimeField()
    reason = models.CharField(max_length=16, choices=AuditEntry.Reason, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "person_id", "hour", "reason"], name="opening_once_an_hour"
            ),
        ]
        indexes = [
            models.Index(fields=["hour"], name="opening_by_hour"),
            models.Index(fields=["owner_id", "id"], name="opening_by_owner"),
        ]

    def __str__(self):
        return f"{self.object_type} {self.object_id} {self.hour:%Y-%m-%d %H}"
