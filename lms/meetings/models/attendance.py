from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.cohort import Enrolment
from lms.meetings.models.meeting import Meeting
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, own municipality's as its manager, own cohorts' as a provider, all as the agency."""
        access = access_of(user)
        if not access.has_any:
            return self.none()
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        return self.filter(
            Q(enrolment__person=user)
            | Q(enrolment__municipality__in=access.organisations(Role.LOCAL_MANAGER))
            | Q(enrolment__cohort__course__provider__in=access.organisations(*PROVIDER_ROLES))
        )


class Attendance(models.Model):
    """Whether somebody was there, half day by half day. A missing row means: not marked yet."""

    class Half(models.TextChoices):
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        PARTIAL = "partial", _("part of the time")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    half = models.CharField(_("half day"), max_length=10, choices=Half)
    state = models.CharField(_("attendance"), max_length=8, choices=State)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    presented_case = models.BooleanField(_("presented own case"), default=False)
    # »I am here« from the kursist's own phone: a mark of the trainer's replaces it, never the other way round.
    is_own = models.BooleanField(default=False)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    marked_at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "enrolment", "half"], name="attendance_once_per_half_day"),
            models.CheckConstraint(
                condition=Q(state="partial") | Q(arrived_at=None, left_at=None),
                name="attendance_times_only_when_partial",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.meeting_id} {self.half}: {self.state}"
