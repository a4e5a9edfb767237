import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.formats.markdown import SANITISER_VERSION
from lms.forum.models.discussion import Discussion
from lms.people.models import Organisation, Role, access_of


class PostQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_hidden=False)

    def visible_to(self, user):
        seen = self.filter(discussion__in=Discussion.objects.visible_to(user).values("pk"))
        return seen if access_of(user).has(Role.MODERATOR) else seen.shown()


class Post(models.Model):
    """A reply in a discussion."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    body = models.TextField(_("reply"))
    html = models.TextField(blank=True)
    sanitiser_version = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(default=False)
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        # The id is the order of arrival; one column makes every page of a long discussion one range of an index.
        ordering = ["id"]
        indexes = [models.Index(fields=["discussion", "id"], name="post_by_discussion")]
        constraints = [models.UniqueConstraint(fields=["author", "form_key"], name="post_once_per_form")]

    def __str__(self):
        return f"{self.author_id} {self.discussion_id}"

    def get_absolute_url(self):
        """A page that begins with this reply, wherever in a long discussion it stands."""
        return f"{Discussion(pk=self.discussion_id).get_absolute_url()}?fra={self.pk}#svar-{self.pk}"

    @property
    def is_stale(self) -> bool:
        return self.sanitiser_version < SANITISER_VERSION


class Follow(models.Model):
    """Somebody who wants to hear of new replies; ``seen_at`` is where that person has read to."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["discussion", "person"], name="follow_once_per_discussion")]

    def __str__(self):
        return f"{self.person_id} {self.discussion_id}"
