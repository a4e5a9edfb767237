from hashlib import sha256

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation, Role, access_of
from lms.people.models.membership import PROVIDER_ROLES
from lms.programme.models import Course

# What a coordinator changes together; its end has a page of its own.
SETTINGS = ("name", "capacity", "state", "needs_approval", "offer_hours")


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own cohorts; a manager's: those with people or seats from the municipality; a provider's: those it runs."""
        access = access_of(user)
        if not access.has_any:
            return self.none()
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        managed = access.organisations(Role.LOCAL_MANAGER)
        return self.filter(
            Q(pk__in=Enrolment.objects.enrolled().filter(person=user).values("cohort"))
            | Q(course__provider__in=access.organisations(*PROVIDER_ROLES))
            | Q(pk__in=Enrolment.objects.filter(municipality__in=managed).values("cohort"))
            | Q(pk__in=SeatReservation.objects.filter(municipality__in=managed).values("cohort"))
        )

    def with_seat_counts(self):
        return self.annotate(enrolled_count=Count("enrolments", filter=Q(enrolments__state="enrolled"), distinct=True))


class Cohort(models.Model):
    """Job consultants from many municipalities who follow the same dates and belong together."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open for enrolment")
        CLOSED = "closed", _("closed for enrolment")
        CANCELLED = "cancelled", _("cancelled")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    capacity = models.PositiveSmallIntegerField(_("seats"), default=30, validators=[MinValueValidator(1)])
    needs_approval = models.BooleanField(_("applications need the local manager's yes"), default=False)
    # How long a seat offered to somebody on the waiting list is held.
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"), default=72, validators=[MinValueValidator(1)]
    )
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=200, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="cohort_name_once_per_course"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="cohort_has_seats"),
            models.CheckConstraint(condition=Q(offer_hours__gte=1), name="cohort_offers_have_time"),
        ]

    def __str__(self):
        return self.name

    @property
    def outbox(self) -> str:
        """The name under which all mail about the cohort can be seen, held back and sent again."""
        return f"cohort-{self.pk}"

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def edition(self) -> str:
        """A fingerprint of the settings: two coordinators who change them each hear of the other."""
        return sha256("\x1f".join(str(getattr(self, name)) for name in SETTINGS).encode()).hexdigest()[:16]


class SeatReservationQuerySet(models.QuerySet):
    def holding(self, now):
        """Those that keep seats from others: with seats left to name, and not past their day."""
        return self.filter(seats__gte=1, name_by_date__gte=localdate(now))

    def visible_to(self, user):
        """Own municipality's as its manager, own cohorts' as a coordinator, all as the agency."""
        access = access_of(user)
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        return self.filter(
            Q(municipality__in=access.organisations(Role.LOCAL_MANAGER))
            | Q(cohort__course__provider__in=access.organisations(Role.PROVIDER_COORDINATOR))
        )


class SeatReservation(models.Model):
    """Seats a municipality holds without names, until a day.

    A seat that gets a name leaves it; one that is offered comes back when the answer is no. So it may hold none.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="reservations")
    municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seat_reservations")
    seats = models.PositiveSmallIntegerField(_("seats"))
    name_by_date = models.DateField(_("name them by"))
    reserved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SeatReservationQuerySet.as_manager()

    class Meta:
        ordering = ["municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "municipality"], name="reservation_once_per_municipality")
        ]

    def __str__(self):
        return f"{self.municipality}, {self.cohort}: {self.seats}"

    def is_holding(self, now) -> bool:
        return self.seats > 0 and self.name_by_date >= localdate(now)


class EnrolmentQuerySet(models.QuerySet):
    def enrolled(self):
        return self.filter(state=Enrolment.State.ENROLLED)

    def standing(self):
        """A seat, an offer of one or the wish for one."""
        return self.exclude(state__in=(Enrolment.State.WITHDRAWN, Enrolment.State.REFUSED))

    def visible_to(self, user):
        """Cohort members see one another; a manager sees own municipality's, a provider its own cohorts', STAR all."""
        access = access_of(user)
        if not access.has_any:
            return self.none()
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        return self.filter(
            Q(
                state=Enrolment.State.ENROLLED,
                cohort__in=Enrolment.objects.enrolled().filter(person=user).values("cohort"),
            )
            | Q(person=user)
            | Q(municipality__in=access.organisations(Role.LOCAL_MANAGER))
            | Q(cohort__course__provider__in=access.organisations(*PROVIDER_ROLES))
        )


class Enrolment(models.Model):
    """A place in a cohort, or the wish for one. History stays with the person, the seat with the municipality."""

    class State(models.TextChoices):
        APPLIED = "applied", _("applied")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a seat")
        ENROLLED = "enrolled", _("enrolled")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ENROLLED)
    created_at = models.DateTimeField()
    # Since when: the order of the waiting list.
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["person__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="enrolment_once_per_cohort"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_since__isnull=False), name="enrolment_waiting_has_a_place"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.cohort}"
