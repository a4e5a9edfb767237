"""An organisation's own sign-in: OpenID Connect or SAML, set up by an administrator."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.people.methods import claims, sealing
from lms.people.models.access import access_of
from lms.people.models.membership import Role
from lms.people.models.organisation import Organisation


class WorkAccountQuerySet(models.QuerySet["WorkAccount"]):
    def active(self):
        return self.filter(is_active=True)

    def visible_to(self, user):
        """Set up by administrators, and seen by nobody else."""
        return self if access_of(user).has(Role.ADMINISTRATOR) else self.none()


class WorkAccount(models.Model):
    """How people of one organisation sign in with the account they have at work."""

    class Shape(models.TextChoices):
        ENTRA = "entra", _("Microsoft Entra ID (OpenID Connect)")
        ADFS = "adfs", _("AD FS (SAML 2.0)")
        KOMBIT = "kombit", _("KOMBIT Context Handler (SAML 2.0)")
        OIDC = "oidc", _("Another, with OpenID Connect")
        SAML = "saml", _("Another, with SAML 2.0")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="work_accounts", verbose_name=_("organisation")
    )
    shape = models.CharField(_("kind"), max_length=6, choices=Shape)
    is_active = models.BooleanField(_("active"), default=False)
    is_required = models.BooleanField(_("the only way in"), default=False)
    counts_as_second_factor = models.BooleanField(_("counts as two factors"), default=False)
    tested_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)

    # OpenID Connect.
    issuer = models.URLField(_("issuer"), max_length=300, blank=True)
    client_id = models.CharField(_("client id"), max_length=190, blank=True)
    sealed_secret = models.TextField(blank=True, editable=False)

    # SAML 2.0: theirs, and the pair of keys we sign requests with and read encrypted answers with.
    entity_id = models.CharField(_("entity id"), max_length=300, blank=True)
    sso_url = models.URLField(_("sign-in address"), max_length=300, blank=True)
    slo_url = models.URLField(_("sign-out address"), max_length=300, blank=True)
    certificates = models.TextField(_("certificates for signing"), blank=True)
    own_certificate = models.TextField(blank=True, editable=False)
    sealed_own_key = models.TextField(blank=True, editable=False)

    # What an organisation calls by other names than its kind of provider does.
    email_claim = models.CharField(_("claim with the e-mail"), max_length=200, blank=True)
    name_claim = models.CharField(_("claim with the name"), max_length=200, blank=True)
    subject_claim = models.CharField(_("claim that never changes"), max_length=200, blank=True)
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True)

    objects = WorkAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("work account")
        verbose_name_plural = _("work accounts")
        ordering = ["organisation__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(tested_at__isnull=False), name="work_account_active_was_tested"
            ),
            models.CheckConstraint(
                condition=~Q(shape="kombit") | Q(is_active=False) | Q(cvr__regex=r"^\d{8}$"),
                name="work_account_kombit_has_cvr",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_shape_display()}"

    def get_absolute_url(self):
        return reverse("people:work_account", args=[self.public_id])

    @property
    def key(self) -> str:
        """What stands in addresses and beside each person's link."""
        return str(self.public_id)

    @property
    def reading(self) -> claims.Shape:
        return claims.SHAPES[self.shape]

    @property
    def is_oidc(self) -> bool:
        return self.reading.kind == claims.OIDC

    @property
    def own_claims(self) -> dict[str, str]:
        return {"email": self.email_claim, "name": self.name_claim, "subject": self.subject_claim}

    @property
    def is_complete(self) -> bool:
        """Whether everything that a sign-in round needs has been filled in."""
        if self.is_oidc:
            return bool(self.issuer and self.client_id and self.sealed_secret)
        return bool(self.entity_id and self.sso_url and self.certificates and self.sealed_own_key)

    @property
    def is_tried(self) -> bool:
        """Whether a sign-in round went well with the connection as it stands."""
        return self.tested_at is not None and self.tested_at >= self.changed_at

    @property
    def client_secret(self) -> str:
        return sealing.unseal(self.sealed_secret, keys=settings.SEALING_KEYS)

    @property
    def own_key(self) -> str:
        return sealing.unseal(self.sealed_own_key, keys=settings.SEALING_KEYS)


class WorkAccountDomain(models.Model):
    """What stands after the @: each domain leads to one work account at most."""

    account = models.ForeignKey(WorkAccount, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(_("domain"), max_length=190, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(name=Lower("name")), name="work_account_domain_is_lower_case"),
        ]

    def __str__(self):
        return self.name
