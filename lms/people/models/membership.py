from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models.access import access_of
from lms.people.models.organisation import Organisation


class Role(models.TextChoices):
    JOB_CONSULTANT = "job_consultant", _("job consultant")
    LOCAL_MANAGER = "local_manager", _("local manager")
    INSTRUCTOR = "instructor", _("instructor")
    SUPERVISOR = "supervisor", _("supervisor")
    PROVIDER_COORDINATOR = "provider_coordinator", _("provider coordinator")
    EDITOR = "editor", _("editor")
    IPS_AMBASSADOR = "ips_ambassador", _("IPS ambassador")
    PSYCHIATRY_PARTNER = "psychiatry_partner", _("psychiatry partner")
    PROGRAMME_MANAGER = "programme_manager", _("programme manager")
    MODERATOR = "moderator", _("moderator")
    ADMINISTRATOR = "administrator", _("administrator")


PROVIDER_ROLES = frozenset({Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR, Role.EDITOR})
# Who looks after the people of an organisation of each kind; a region's are the administrators' to look after.
MANAGERS: dict[str, str] = {
    Organisation.Kind.MUNICIPALITY: Role.LOCAL_MANAGER,
    Organisation.Kind.PROVIDER: Role.PROVIDER_COORDINATOR,
    Organisation.Kind.AGENCY: Role.PROGRAMME_MANAGER,
}


def managed_by(user) -> models.QuerySet[Organisation]:
    """The organisations whose own manager ``user`` is."""
    access, own = access_of(user), Q(pk__in=[])
    for kind, role in MANAGERS.items():
        own |= Q(kind=kind, pk__in=access.organisations(role))
    return Organisation.objects.filter(own)


class MembershipQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        """Memberships that hold on that day; without a day, today: the one place where access asks the clock."""
        on = on or timezone.localdate()
        return self.filter(Q(end_date=None) | Q(end_date__gte=on), start_date__lte=on)

    def lasting(self, on: date):
        """Memberships that hold on that day or are to come."""
        return self.filter(Q(end_date=None) | Q(end_date__gte=on))

    def with_role(self, *roles: str):
        return self.filter(role__in=roles)

    def visible_to(self, user):
        """Who belongs where is for administrators, and for each organisation's own manager."""
        access = access_of(user)
        if access.has(Role.ADMINISTRATOR):
            return self
        return self.filter(organisation__in=managed_by(user))


class Membership(models.Model):
    """What a person is to an organisation, from a day and until a day (both included)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    # Only an administrator belongs to nobody.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("until"), null=True, blank=True)
    # Until they have signed in after this, a list shows the address somebody wrote and no name: it tells nobody whose
    # account there was before.
    added_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["start_date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "start_date"], name="membership_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")), name="membership_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(role="administrator"), name="membership_has_organisation"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}"
