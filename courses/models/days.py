from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.pages import TeachingDayPage
from lms.meetings.models import Cohort, Meeting
from lms.people.models import Role, access_of


class TeachingDayQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The days of cohorts one belongs to or runs; of a single day, a guest who is invited to it."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


class TeachingDay(models.Model):
    """A cohort's dated instance of a teaching day's page."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="teaching_days")
    page = models.ForeignKey(TeachingDayPage, on_delete=models.PROTECT, related_name="days")
    number = models.PositiveSmallIntegerField(_("day number"))
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="teaching_day")
    # The revision that was live when the day was held: later changes to the page do not rewrite what a cohort saw.
    pinned_revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TeachingDayQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="teaching_day_number_once_per_cohort")]

    def __str__(self):
        return f"{self.cohort}, {self.number}"


class OwnWorkQuerySet(models.QuerySet):
    """What a kursist writes: their own, and once handed in also their instructors'."""

    def visible_to(self, user):
        runs = access_of(user).organisations(Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR)
        return self.filter(
            models.Q(person=user)
            | models.Q(shared_at__isnull=False, teaching_day__cohort__course__provider__in=runs)
        )


class Reflection(models.Model):
    """A short text between days, tied to own practice; the instructors see it once it is handed in."""

    teaching_day = models.ForeignKey(TeachingDay, on_delete=models.CASCADE, related_name="reflections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reflections")
    text = models.TextField(_("reflection"))
    changed_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = OwnWorkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teaching_day", "person"], name="reflection_once_per_day")]

    def __str__(self):
        return f"{self.person_id} {self.teaching_day_id}"


class Trial(models.Model):
    """A small thing a kursist tries in own practice and tells of afterwards (prøvehandling)."""

    teaching_day = models.ForeignKey(TeachingDay, on_delete=models.CASCADE, related_name="trials")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="trials")
    intention = models.CharField(_("what I will try"), max_length=300)
    due_date = models.DateField(_("by"))
    what_happened = models.TextField(_("what happened"), blank=True)
    changed_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = OwnWorkQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [models.UniqueConstraint(fields=["teaching_day", "person"], name="trial_once_per_day")]

    def __str__(self):
        return f"{self.person_id} {self.teaching_day_id}"
