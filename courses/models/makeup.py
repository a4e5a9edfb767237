from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import Enrolment, Meeting
from lms.people.models import Role, access_of


class MakeUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; for coordinators those that leave or reach a cohort they run; a manager's own people's."""
        access = access_of(user)
        if not access.has_any:
            return self.none()
        coordinated = access.organisations(Role.PROVIDER_COORDINATOR)
        return self.filter(
            Q(enrolment__person=user)
            | Q(enrolment__municipality__in=access.organisations(Role.LOCAL_MANAGER))
            | Q(missed__cohort__course__provider__in=coordinated)
            | Q(instead__cohort__course__provider__in=coordinated)
        )

    def own(self, user):
        return self.visible_to(user).filter(enrolment__person=user)

    def run_by(self, user):
        """Requests whose cohort at home or elsewhere ``user`` coordinates."""
        coordinated = access_of(user).organisations(Role.PROVIDER_COORDINATOR)
        return self.filter(
            Q(missed__cohort__course__provider__in=coordinated) | Q(instead__cohort__course__provider__in=coordinated)
        )

    def open(self):
        return self.filter(state__in=[MakeUp.State.ASKED, MakeUp.State.WAITING])


class MakeUp(models.Model):
    """The same teaching day with another cohort, for a day that was missed or declined."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a free seat")
        ASKED = "asked", _("waits for the coordinators")
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="make_ups")
    missed = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="make_ups_for")
    instead = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="make_ups_at")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField()
    # The yes of the coordinator at home and of the one who receives; one person's yes may be both.
    home_yes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    host_yes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MakeUpQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "missed"],
                condition=Q(state__in=["waiting", "asked", "agreed"]),
                name="make_up_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(missed=F("instead")), name="make_up_is_another_day"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.missed_id} → {self.instead_id} ({self.state})"
