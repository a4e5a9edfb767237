from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.forum.models.discussion import Discussion
from lms.people.models import Organisation


class TriedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(discussion__in=Discussion.objects.visible_to(user).values("pk"))

    def elsewhere(self):
        """By municipalities: they are what a practice travels between."""
        return self.filter(organisation__kind=Organisation.Kind.MUNICIPALITY)


class Tried(models.Model):
    """ "We have tried it": what became of somebody else's practice in another place."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("kept")
        ADAPTED = "adapted", _("adapted")
        DROPPED = "dropped", _("dropped")

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="tried")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tried")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tried")
    outcome = models.CharField(_("how it went"), max_length=8, choices=Outcome)
    remark = models.CharField(_("in one line"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = TriedQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial elsewhere")
        verbose_name_plural = _("trials elsewhere")
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["discussion", "person"], name="tried_once_per_person")]

    def __str__(self):
        return f"{self.organisation_id} {self.discussion_id}: {self.outcome}"
