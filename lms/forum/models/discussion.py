import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from lms.formats.markdown import SANITISER_VERSION
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
        seen = self.filter(Q(is_draft=False) | Q(author=user))
        return seen if access.has(Role.MODERATOR) else seen.filter(is_hidden=False)

    def drafts_of(self, person):
        return self.filter(author=person, is_draft=True, is_hidden=False)

    def practice_descriptions(self):
        return self.filter(kind=Discussion.Kind.PRACTICE)

    def with_reader(self, person):
        """How far ``person`` has read (``seen_at``), for what that person follows; ``None`` for the rest."""
        own = FilteredRelation("follows", condition=Q(follows__person=person))
        return self.annotate(own_follow=own, seen_at=F("own_follow__seen_at"))

    def as_cards(self):
        """What a row of a list shows and no more: the long texts stay in the database."""
        return self.select_related("author", "organisation").only(
            "kind", "title", "excerpt", "reply_count", "created_at", "last_activity_at", "is_draft", "is_hidden",
            "author__name", "organisation__name", "organisation__code", "organisation__kind",
        )  # fmt: skip


class Discussion(index.Indexed, models.Model):
    """Something shared across municipalities. A practice description is one of its kinds."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("practice description")
        SUCCESS = "success", _("success")
        CHALLENGE = "challenge", _("challenge")
        QUESTION = "question", _("question")
        TOOL = "tool", _("tool")

    # Markdown, rendered into ``html``; the summary and the setting are plain lines.
    MARKDOWN_FIELDS = (
        "body", "context", "what_we_did", "who_took_part", "effect", "obstacles", "advice", "materials",
    )  # fmt: skip

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
    # Made with the empty form: the same form sent twice is one discussion.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)

    body = models.TextField(_("text"), blank=True)
    summary = models.TextField(_("in short"), blank=True, max_length=400)
    setting = models.CharField(_("setting"), blank=True, max_length=200)
    context = models.TextField(_("situation"), blank=True)
    what_we_did = models.TextField(_("what we did"), blank=True)
    who_took_part = models.TextField(_("who took part"), blank=True)
    effect = models.TextField(_("what we saw, and how we know"), blank=True)
    obstacles = models.TextField(_("what was hard"), blank=True)
    advice = models.TextField(_("advice to others"), blank=True)
    materials = models.TextField(_("materials"), blank=True)
    confirmed_date = models.DateField(_("last confirmed"), null=True, blank=True)

    # What the texts render to, once per revision and version of the sanitiser; the excerpt is plain text.
    html = models.JSONField(default=dict, blank=True)
    sanitiser_version = models.PositiveSmallIntegerField(default=0)
    excerpt = models.CharField(max_length=240, blank=True, editable=False)
    # The replies readers see, counted anew with each reply and each hiding.
    reply_count = models.PositiveIntegerField(default=0, editable=False)

    themes = models.ManyToManyField(Theme, related_name="discussions", blank=True)
    principles = models.ManyToManyField(Principle, related_name="discussions", blank=True)
    target_groups = models.ManyToManyField(TargetGroup, related_name="discussions", blank=True)

    objects = DiscussionQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.SearchField("summary"),
        index.SearchField("setting"),
        index.SearchField("context"),
        index.SearchField("what_we_did"),
        index.SearchField("who_took_part"),
        index.SearchField("effect"),
        index.SearchField("obstacles"),
        index.SearchField("advice"),
        index.SearchField("materials"),
        # Access in search is a subquery of ids: a join in the filter is refused, filtering afterwards leaks the count.
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ["-last_activity_at", "-id"]
        indexes = [models.Index(fields=["-last_activity_at", "-id"], name="discussion_newest_first")]
        constraints = [models.UniqueConstraint(fields=["author", "form_key"], name="discussion_once_per_form")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("forum:discussion", args=[self.pk])

    @property
    def is_practice(self) -> bool:
        return self.kind == self.Kind.PRACTICE

    @property
    def can_be_tried(self) -> bool:
        """A question or a challenge is nothing another municipality could try."""
        return self.kind in {self.Kind.PRACTICE, self.Kind.SUCCESS, self.Kind.TOOL}

    @property
    def is_stale(self) -> bool:
        """Rendered by an older sanitiser than the one we have."""
        return self.sanitiser_version < SANITISER_VERSION
