from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.cohort import Enrolment, SeatReservation
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES


class OfEnrolmentQuerySet(models.QuerySet):
    """What belongs to a wish for a seat: one's own, own municipality's as its manager, own cohorts' as a provider."""

    def visible_to(self, user):
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


class EnrolmentChange(models.Model):
    """One step of an enrolment: who, when and why. Rows are added, never changed."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(_("before"), max_length=10, choices=Enrolment.State, blank=True)
    after = models.CharField(_("after"), max_length=10, choices=Enrolment.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = OfEnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(before=F("after")), name="enrolment_change_changes")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.before} → {self.after}"


class SeatOfferQuerySet(OfEnrolmentQuerySet):
    def open(self):
        """Offers that hold a seat: also one whose deadline has passed, until the clock has closed it."""
        return self.filter(state=SeatOffer.State.OPEN)

    def expired(self, now):
        return self.open().filter(expires_at__lte=now)


class SeatOffer(models.Model):
    """A seat held for somebody on the waiting list until a deadline."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("not answered in time")
        WITHDRAWN = "withdrawn", _("withdrawn")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="offers")
    # The municipality's own seats without names, when the seat comes from there.
    reservation = models.ForeignKey(
        SeatReservation, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("answer by"))
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SeatOfferQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(state="open"), name="seat_offer_open_once"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="seat_offer_has_a_deadline"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="seat_offer_closed_when_answered",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment}: {self.state}"
