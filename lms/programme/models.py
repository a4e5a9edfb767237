from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation, Role, access_of
from lms.people.models.membership import PROVIDER_ROLES


class Programme(models.Model):
    """A national or regional initiative that courses belong to, such as Flere skal med 3."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ParticipationQuerySet(models.QuerySet):
    def current(self, on: date):
        return self.filter(Q(end_date=None) | Q(end_date__gte=on), start_date__lte=on)


class Participation(models.Model):
    """A municipality's part in a programme, from a day and until a day (both included)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="participations")
    municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    has_extended_model = models.BooleanField(_("extended intervention model"), default=False)
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("until"), null=True, blank=True)
    # Which municipalities take part is not public; a demo says of its own rows that they are made up.
    is_invented = models.BooleanField(_("invented for the demo"), default=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "municipality", "start_date"], name="participation_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")),
                name="participation_dates_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.municipality}, {self.programme}"


class CourseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those a provider runs; for the agency, all. What a kursist sees of a course goes through the cohort."""
        access = access_of(user)
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        return self.filter(provider__in=access.organisations(*PROVIDER_ROLES))


class Course(models.Model):
    """A competence-development course a provider runs for a programme. Its Wagtail page points here."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="courses")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("slug"), unique=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("competence-development course")
        verbose_name_plural = _("competence-development courses")
        ordering = ["title"]

    def __str__(self):
        return self.title


class Theme(models.Model):
    """A keyword of the common vocabulary."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Principle(models.Model):
    """One of the eight IPS principles, in the programme's order."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    english_name = models.CharField(_("English name"), max_length=160, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)

    class Meta:
        verbose_name = _("IPS principle")
        verbose_name_plural = _("IPS principles")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.short_name}"


class TargetGroup(models.Model):
    """Whom an effort is for, such as young people under 30."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("slug"), unique=True)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["name"]

    def __str__(self):
        return self.name
