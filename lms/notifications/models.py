import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

# A fixed namespace: the same occasion always yields the same Message-ID, so a mail client shows a twin once.
MESSAGE_NAMESPACE = uuid.UUID("6d9f8a54-6a39-4e58-9d5c-0f6b9ea6c1d7")


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    def claimable(self, now):
        """Due and waiting, or held by a sender that died before it marked them; nothing of a paused outbox.

        What has been tried in vain goes before what was written to the same person later: mail keeps its order.
        """
        earlier = {"recipient": OuterRef("recipient"), "pk__lt": OuterRef("pk")}
        tried = Notice.objects.filter(**earlier, state=Notice.State.WAITING, attempts__gt=0, due_at__gt=now)
        return self.exclude(outbox__in=PausedOutbox.objects.values("outbox")).filter(
            Q(state=Notice.State.WAITING, due_at__lte=now) | Q(state=Notice.State.SENDING, leased_until__lte=now),
            ~Exists(tried),
        )

    def failed(self):
        return self.filter(state=Notice.State.FAILED)

    def undelivered(self, outbox: str):
        """Mail of one outbox that could not be sent, or came back."""
        return self.filter(outbox=outbox, state__in=[Notice.State.FAILED, Notice.State.BOUNCED])


class Notice(models.Model):
    """One row per person, occasion and revision: the truth about a mail, whoever is woken to send it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("no longer due")
        FAILED = "failed", _("could not be sent")
        BOUNCED = "bounced", _("came back")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    revision = models.PositiveIntegerField(default=0)
    # The part of the Message-ID before the @: the same for a twin, and how a returned mail is found again.
    message_key = models.CharField(max_length=32, unique=True, editable=False)
    # What the mail belongs to, by a name its app has chosen: all mail about one cohort can be seen and held back.
    outbox = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=120, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "object_id", "revision", "recipient"], name="notice_once_per_occasion"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="notice_open_due", condition=Q(state__in=["waiting", "sending"])),
            models.Index(fields=["outbox", "created_at"], name="notice_by_outbox", condition=~Q(outbox="")),
        ]

    def __str__(self):
        return f"{self.occasion} {self.object_id}.{self.revision} → {self.recipient_id}"

    def save(self, *args, **kwargs):
        self.message_key = self.message_key or self.derived_key()
        super().save(*args, **kwargs)

    def derived_key(self) -> str:
        """Follows from what makes the notice unique, so that writing it again cannot make another mail of it."""
        key = f"{self.occasion}/{self.object_id}/{self.revision}/{self.recipient_id}"
        return uuid.uuid5(MESSAGE_NAMESPACE, key).hex


class PausedOutbox(models.Model):
    """Mail under this name waits until somebody lets it go."""

    outbox = models.CharField(max_length=40, unique=True)
    paused_at = models.DateTimeField()
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self):
        return self.outbox
