from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OrganisationQuerySet(models.QuerySet):
    def municipalities(self):
        return self.filter(kind=Organisation.Kind.MUNICIPALITY)

    def providers(self):
        return self.filter(kind=Organisation.Kind.PROVIDER)

    def visible_to(self, user):
        """Names of organisations are no secret to people who are signed in."""
        return self if user.is_authenticated else self.none()


class Organisation(models.Model):
    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        PROVIDER = "provider", _("provider")
        REGION = "region", _("region")
        AGENCY = "agency", _("agency")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    # Four digits for municipalities and regions; blank for the others, and for a region whose code is not known yet.
    code = models.CharField(_("code"), max_length=4, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="organisation_name_once_per_kind"),
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~Q(code=""), name="organisation_code_once_per_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind="municipality") | Q(code__regex=r"^\d{4}$"), name="organisation_municipality_has_code"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_municipality(self) -> bool:
        return self.kind == self.Kind.MUNICIPALITY

    @property
    def outline_code(self) -> str:
        """The code of the outline beside the name; only municipalities have one."""
        return self.code if self.is_municipality else ""


class MunicipalityRegionQuerySet(models.QuerySet):
    def current(self, on: date):
        return self.filter(Q(end_date=None) | Q(end_date__gte=on), start_date__lte=on)


class MunicipalityRegion(models.Model):
    """Which region a municipality belongs to, and when: Region Østdanmark replaces two regions on 1 January 2027."""

    municipality = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="regions")
    region = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="municipalities")
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("until"), null=True, blank=True)

    objects = MunicipalityRegionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "start_date"], name="municipality_region_once_per_start"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")),
                name="municipality_region_dates_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.municipality} – {self.region}"
