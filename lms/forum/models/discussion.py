from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from lms.people.models import Organisation, Role, access_of
from lms.programme.models import Principle, TargetGroup, Theme

# A psychiatry partner is a guest on single days and sees nothing else.
FORUM_ROLES = frozenset(Role) - {Role.PSYCHIATRY_PARTNER}


class DiscussionQuerySet(SearchableQuerySetMixin, models.QuerySet):
    def shared(self):
        return self.filter(is_draft=False, is_hidden=False)

    def visible_to(self, user):
        """Shared ones for everybody in the community, own drafts for their author, hidden ones for moderators."""
        access = access_of(user)
        if not access.has(*FORUM_ROLES):
            return self.none()
        seen = self.filter(models.Q(is_draft=False) | models.Q(author=user))
        return seen if access.has(Role.MODERATOR) else seen.filter(is_hidden=False)


class Discussion(index.Indexed, models.Model):
    """Something shared across municipalities. A practice description is one of its kinds."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("practice description")
        SUCCESS = "success", _("success")
        CHALLENGE = "challenge", _("challenge")
        QUESTION = "question", _("question")
        TOOL = "tool", _("tool")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=140)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="discussions")
    # Where the author worked when it was written: a job change does not move the practice.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="discussions")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField()
    is_draft = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    body = models.TextField(_("text"), blank=True)
    # The fields of a practice description (markdown, like the body).
    summary = models.TextField(_("in short"), blank=True, max_length=400)
    context = models.TextField(_("setting and context"), blank=True)
    what_we_did = models.TextField(_("what we did"), blank=True)
    who_took_part = models.TextField(_("who took part"), blank=True)
    effect = models.TextField(_("what we saw, and how we know"), blank=True)
    obstacles = models.TextField(_("what was hard"), blank=True)
    advice = models.TextField(_("advice to others"), blank=True)
    confirmed_date = models.DateField(_("last confirmed"), null=True, blank=True)

    # What the texts render to, once per revision and version of the sanitiser.
    html = models.JSONField(default=dict, blank=True)
    sanitiser_version = models.PositiveSmallIntegerField(default=0)

    themes = models.ManyToManyField(Theme, related_name="discussions", blank=True)
    principles = models.ManyToManyField(Principle, related_name="discussions", blank=True)
    target_groups = models.ManyToManyField(TargetGroup, related_name="discussions", blank=True)

    objects = DiscussionQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.SearchField("summary"),
        index.SearchField("context"),
        index.SearchField("what_we_did"),
        index.SearchField("effect"),
        index.SearchField("obstacles"),
        index.SearchField("advice"),
        index.FilterField("id"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ["-last_activity_at", "-id"]
        indexes = [models.Index(fields=["-last_activity_at", "-id"], name="discussion_newest_first")]

    def __str__(self):
        return self.title


class PostQuerySet(models.QuerySet):
    def visible_to(self, user):
        seen = self.filter(discussion__in=Discussion.objects.visible_to(user).values("pk"))
        return seen if access_of(user).has(Role.MODERATOR) else seen.filter(is_hidden=False)


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

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["discussion", "created_at", "id"], name="post_by_discussion")]

    def __str__(self):
        return f"{self.author_id} {self.discussion_id}"


class Follow(models.Model):
    """Somebody who wants to hear of new replies; ``seen_at`` is where that person has read to."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["discussion", "person"], name="follow_once_per_discussion")]

    def __str__(self):
        return f"{self.person_id} {self.discussion_id}"
