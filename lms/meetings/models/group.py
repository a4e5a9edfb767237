from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.cohort import Cohort, Enrolment
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES


class SupervisionGroupQuerySet(models.QuerySet):
    def with_member(self, person, on: date | None = None):
        return self.filter(pk__in=GroupMembership.objects.current(on).filter(enrolment__person=person).values("group"))

    def supervised_by(self, person):
        """Groups a person supervises, while still a supervisor at the provider."""
        return self.filter(
            supervisor=person, cohort__course__provider__in=access_of(person).organisations(Role.SUPERVISOR)
        )

    def organised_by(self, user):
        """Groups whose dates ``user`` may set: its supervisor and the provider's coordinators."""
        coordinated = access_of(user).organisations(Role.PROVIDER_COORDINATOR)
        return self.supervised_by(user) | self.filter(cohort__course__provider__in=coordinated)

    def open_to(self, user):
        """Groups whose supervision content ``user`` may see: a present member, or its supervisor. Nobody else."""
        if not access_of(user).has_any:
            return self.none()
        return self.with_member(user) | self.supervised_by(user)

    def visible_to(self, user):
        """Who is in which group is scheduling: members, and the provider that runs the cohort."""
        access = access_of(user)
        if not access.has_any:
            return self.none()
        return self.filter(
            Q(pk__in=GroupMembership.objects.current().filter(enrolment__person=user).values("group"))
            | Q(cohort__course__provider__in=access.organisations(*PROVIDER_ROLES))
        )


class SupervisionGroup(models.Model):
    """A fixed group of 5–8 job consultants from different municipalities, inside a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=80)
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="supervised_groups",
        verbose_name=_("supervisor"),
    )

    objects = SupervisionGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision group")
        verbose_name_plural = _("supervision groups")
        ordering = ["cohort_id", "name"]
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="group_name_once_per_cohort")]

    def __str__(self):
        return self.name


class GroupMembershipQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        """Places that hold on that day (today, without one), of people whose enrolment still stands."""
        on = on or timezone.localdate()
        return self.filter(
            Q(end_date=None) | Q(end_date__gte=on), start_date__lte=on, enrolment__state=Enrolment.State.ENROLLED
        )


class GroupMembership(models.Model):
    """An enrolment's place in a group, from a day and until a day: withdrawing ends access by itself."""

    group = models.ForeignKey(SupervisionGroup, on_delete=models.CASCADE, related_name="memberships")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="group_memberships")
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("until"), null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment__person__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "enrolment", "start_date"], name="group_membership_once_per_start"
            ),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(end_date=None), name="group_membership_one_open_per_enrolment"
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")),
                name="group_membership_dates_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.person}, {self.group}"
