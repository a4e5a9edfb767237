from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.attendance import Attendance, AttendanceQuerySet
from lms.meetings.models.cohort import Enrolment
from lms.meetings.models.meeting import Meeting
from lms.people.models import Organisation


class AttendanceChange(models.Model):
    """A mark that was set over another: who, when, and what it was. Rows are added, never changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance_changes")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance_changes")
    half = models.CharField(_("half day"), max_length=10, choices=Attendance.Half)
    before = models.CharField(_("before"), max_length=8, choices=Attendance.State, blank=True)
    after = models.CharField(_("after"), max_length=8, choices=Attendance.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.enrolment_id} {self.meeting_id} {self.half}: {self.before} → {self.after}"


class WalkIn(models.Model):
    """Somebody who came without being on the list, noted by name until a coordinator has found the person."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="walk_ins")
    name = models.CharField(_("name"), max_length=150)
    municipality = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    # Whose mark it became.
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, blank=True, related_name="walk_ins")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["noted_at", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="walk_in_once_per_name")]

    def __str__(self):
        return f"{self.name}, {self.meeting_id}"


class CheckIn(models.Model):
    """A kursist's own »I am here«. The number made on the phone lets it be sent again without counting twice."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waits for the day to open")
        COUNTED = "counted", _("counted")
        UNCONFIRMED = "unconfirmed", _("waits for the instructor")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="check_ins")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="check_ins")
    half = models.CharField(_("half day"), max_length=10, choices=Attendance.Half)
    nonce = models.UUIDField(unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State)
    # When the phone says it was, and when it reached us.
    noted_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "enrolment", "half"], name="check_in_once_per_half_day")
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.meeting_id} {self.half}: {self.state}"


class CheckInTry(models.Model):
    """How many wrong codes somebody has typed while one half day was open. The half day is named by when it opens."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window = models.BigIntegerField()
    wrong = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person", "window"], name="check_in_try_once_per_window")
        ]

    def __str__(self):
        return f"{self.person_id} {self.meeting_id} {self.window}: {self.wrong}"
