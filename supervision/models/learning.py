from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.models.case import CaseRound
from supervision.models.day import OfGroupQuerySet, SupervisionDay


class OfDayQuerySet(OfGroupQuerySet):
    group_path = "day__group"


class Learning(models.Model):
    """A generalised learning from a day: without the case, approved by the focus person."""

    day = models.ForeignKey(SupervisionDay, on_delete=models.CASCADE, related_name="learnings")
    round = models.ForeignKey(CaseRound, on_delete=models.SET_NULL, null=True, blank=True, related_name="learnings")
    focus_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learnings")
    text = models.TextField(_("learning"))
    themes = models.JSONField(_("themes"), default=list, blank=True)
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = OfDayQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self):
        return f"learning {self.pk}"


class NextStep(models.Model):
    """What the focus person will try before next time, and what came of it."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        TRIED = "tried", _("tried")
        DROPPED = "dropped", _("let go")

    day = models.ForeignKey(SupervisionDay, on_delete=models.CASCADE, related_name="next_steps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="next_steps")
    text = models.CharField(_("next step"), max_length=300)
    due_date = models.DateField(_("by"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PLANNED)
    follow_up = models.CharField(_("what came of it"), max_length=300, blank=True)
    created_at = models.DateTimeField()

    objects = OfDayQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "id"]

    def __str__(self):
        return f"next step {self.pk}"
