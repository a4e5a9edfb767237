from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.forum.models.discussion import Discussion
from lms.forum.models.post import Post
from lms.people.models import Role, access_of


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if access_of(user).has(Role.MODERATOR) else self.none()

    def waiting(self):
        return self.filter(resolved_at=None)


class Report(models.Model):
    """ "Something here can be recognised": a reader's word to the moderators about a discussion or a reply."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="reports")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    reason = models.CharField(_("what is wrong"), max_length=300)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["discussion", "reported_by"],
                condition=Q(resolved_at=None, post=None),
                name="report_one_open_per_discussion_and_person",
            ),
            models.UniqueConstraint(
                fields=["post", "reported_by"],
                condition=Q(resolved_at=None, post__isnull=False),
                name="report_one_open_per_post_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.discussion_id} {self.created_at:%Y-%m-%d}"
