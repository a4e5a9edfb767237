from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supervision.models.case import CaseRound
from supervision.models.day import OfGroupQuerySet, SupervisionDay


class LearningQuerySet(OfGroupQuerySet):
    group_path = "day__group"

    def visible_to(self, user):
        """Approved ones for the group and its supervisor; until then only for the focus person and whoever noted it."""
        waiting = Q(focus_person=user) | Q(noted_by=user)
        return super().visible_to(user).filter(Q(approved_at__isnull=False) | waiting)

    def approved(self):
        return self.filter(approved_at__isnull=False)


class Learning(models.Model):
    """A generalised learning from a day: without the case, approved by the focus person."""

    day = models.ForeignKey(SupervisionDay, on_delete=models.CASCADE, related_name="learnings")
    round = models.ForeignKey(CaseRound, on_delete=models.SET_NULL, null=True, blank=True, related_name="learnings")
    focus_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learnings")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.CharField(_("learning"), max_length=300)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = LearningQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["day", "focus_person", "text"], name="learning_once_per_day")]

    def __str__(self):
        return f"learning {self.pk}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class NextStepQuerySet(OfGroupQuerySet):
    group_path = "day__group"

    def own(self, user):
        return self.filter(person=user)

    def planned(self):
        return self.filter(status=NextStep.Status.PLANNED)

    def to_follow_up_on(self, day):
        """What the group asks about first on ``day``: steps still open from earlier, and all of last time's."""
        earlier = self.filter(day__group=day.group_id, day__number__lt=day.number)
        return earlier.filter(Q(status=NextStep.Status.PLANNED) | Q(day__number=day.number - 1))


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

    objects = NextStepQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [models.UniqueConstraint(fields=["day", "person", "text"], name="next_step_once_per_day")]

    def __str__(self):
        return f"next step {self.pk}"

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED
