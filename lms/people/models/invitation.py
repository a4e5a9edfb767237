import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models.access import access_of
from lms.people.models.keyed import KeyedQuerySet, token_for
from lms.people.models.membership import PROVIDER_ROLES, Role
from lms.people.models.organisation import Organisation

LIFETIME = timedelta(days=14)
TOKEN_SALT = "lms.people.invitation"  # noqa: S105 - a name for the purpose, not a secret


class InvitationQuerySet(KeyedQuerySet["Invitation"]):
    def open(self, now):
        return self.filter(accepted_at=None, cancelled_at=None, expires_at__gt=now)

    def waiting(self):
        """Not accepted yet, whether the link still works or not."""
        return self.filter(accepted_at=None, cancelled_at=None)

    def visible_to(self, user):
        """A manager's own municipality; a provider's and the agency's: those they sent for."""
        access = access_of(user)
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        return self.filter(
            Q(organisation__in=access.organisations(Role.LOCAL_MANAGER))
            | Q(invited_by__memberships__organisation__in=access.organisations(*PROVIDER_ROLES))
        ).distinct()


class Invitation(models.Model):
    """An offer of an account, bound to an address, for one use within 14 days.

    The link is a keyed hash of ``public_id`` and ``rotation`` and is never stored; a new link retires the old one.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="sent_invitations"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rotation = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at=None, cancelled_at=None),
                name="invitation_one_open_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.email}, {self.created_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        return self.accepted_at is None and self.cancelled_at is None

    @property
    def last_sent_at(self):
        return self.reminded_at or self.created_at

    def is_open(self, now) -> bool:
        return self.is_waiting and self.expires_at > now

    @property
    def token(self) -> str:
        """What the link carries: which invitation, and a keyed proof that we wrote it."""
        return token_for(self.public_id, salt=TOKEN_SALT, signed=f"{self.public_id.hex}.{self.rotation}")
