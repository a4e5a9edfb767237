from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models.pages import TeachingDayPage
from lms.meetings.models import Cohort, Enrolment, Invitee, Meeting
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES

LONG_TEXTS = ("aims", "agenda", "preparation", "body", "reflection_prompt")


class TeachingDayQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The days of cohorts one sits in or runs, and the single day a guest is invited to.

        A local manager sees when the days are, in ``meetings``; what is taught is for those who sit there.
        """
        access = access_of(user)
        if not access.has_any:
            return self.none()
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        guest_at = Invitee.objects.active().filter(person=user, role=Invitee.Role.GUEST)
        return self.filter(
            models.Q(cohort__in=Enrolment.objects.enrolled().filter(person=user).values("cohort"))
            | models.Q(meeting__in=guest_at.values("meeting"))
            | models.Q(cohort__course__provider__in=access.organisations(*PROVIDER_ROLES))
        )

    def with_meeting(self):
        """All a list of days shows, without the pages' long texts."""
        days = TeachingDay.objects.filter(cohort=models.OuterRef("cohort")).order_by().values("cohort")
        return (
            self.select_related("meeting", "cohort__course__provider", "page")
            .defer(*(f"page__{name}" for name in LONG_TEXTS))
            .annotate(day_count=models.Subquery(days.annotate(count=models.Count("pk")).values("count")))
        )

    def with_own_work(self, person):
        """What ``person`` has written and ticked off on each day, in the same query: at most one row of each."""
        own = {
            f"own_{name}": models.FilteredRelation(f"{name}s", condition=models.Q(**{f"{name}s__person": person}))
            for name in ("reflection", "trial", "preparation")
        }
        return self.annotate(**own).annotate(
            reflection_id=models.F("own_reflection__pk"),
            reflection_shared_at=models.F("own_reflection__shared_at"),
            trial_intention=models.F("own_trial__intention"),
            trial_due_date=models.F("own_trial__due_date"),
            trial_story=models.F("own_trial__what_happened"),
            done=models.F("own_preparation__done"),
        )


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

    def get_absolute_url(self):
        return reverse("courses:day", args=[self.cohort.slug, self.number])


class OwnWorkQuerySet(models.QuerySet):
    """What a kursist writes: their own, and once handed in also their instructors'."""

    def own(self, user):
        return self.filter(person=user)

    def visible_to(self, user):
        runs = access_of(user).organisations(Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR)
        return self.filter(
            models.Q(person=user) | models.Q(shared_at__isnull=False, teaching_day__cohort__course__provider__in=runs)
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


class PreparationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person=user)


class Preparation(models.Model):
    """Which of a day's preparation a kursist has ticked off: a list of block ids, for that person alone."""

    teaching_day = models.ForeignKey(TeachingDay, on_delete=models.CASCADE, related_name="preparations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preparations")
    done = models.JSONField(default=list, blank=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teaching_day", "person"], name="preparation_once_per_day")]

    def __str__(self):
        return f"{self.person_id} {self.teaching_day_id}"
