from copy import copy
from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from lms.meetings.models.facts import TIMES
from lms.meetings.models.meeting import Meeting


class MeetingDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Prepared, but told to nobody yet: for those who may change the meeting."""
        return self.filter(meeting__in=Meeting.objects.organised_by(user).values("pk"))


class MeetingDraft(models.Model):
    """Changes of a meeting that wait to be released: until then, what people were told holds."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="draft")
    # The facts that are to change, by name; moments in ISO 8601 with their offset.
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # The revision the changes were written on top of.
    based_on = models.PositiveIntegerField()
    # Rises with every save: two people preparing one day each hear of the other.
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = MeetingDraftQuerySet.as_manager()

    class Meta:
        ordering = ["meeting__starts_at", "id"]

    def __str__(self):
        return f"{self.meeting_id}: {', '.join(self.changes)}"

    @property
    def facts(self) -> dict:
        """The changes as a meeting holds them."""
        return {name: datetime.fromisoformat(value) if name in TIMES else value for name, value in self.changes.items()}

    @facts.setter
    def facts(self, facts: dict) -> None:
        self.changes = {name: value.isoformat() if name in TIMES else value for name, value in facts.items()}

    def applied(self) -> Meeting:
        """The meeting as it will be told of; never to be saved."""
        after = copy(self.meeting)
        for name, value in self.facts.items():
            setattr(after, name, value)
        return after
