from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.cohort import Cohort
from lms.people.models import Role, access_of

REFUSED_MAIL_KEPT = timedelta(days=30)


class RefusedMailQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A cohort's, for its coordinators; those nobody could place, for administrators."""
        access = access_of(user)
        if access.has(Role.ADMINISTRATOR):
            return self
        return self.filter(cohort__course__provider__in=access.organisations(Role.PROVIDER_COORDINATOR))


class RefusedMail(models.Model):
    """An incoming mail that was not acted on, and why. What it said is not kept."""

    class Reason(models.TextChoices):
        NO_REPLY = "no_reply", _("not an answer to an invitation")
        UNREADABLE = "unreadable", _("could not be read")
        UNKNOWN_MEETING = "unknown_meeting", _("about a day we do not know")
        NOT_INVITED = "not_invited", _("from somebody who is not invited")
        OTHER_ATTENDEE = "other_attendee", _("answered for somebody else")
        UNKNOWN_SEQUENCE = "unknown_sequence", _("about a version that does not exist")
        SUPERSEDED = "superseded", _("about a version that has changed since")
        OUTDATED = "outdated", _("older than the answer we have")
        OVER = "over", _("about a day that is over or cancelled")
        UNSUPPORTED = "unsupported", _("asked for something else than an answer")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="refused_mails")
    sender = models.CharField(_("sender"), max_length=254)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    received_at = models.DateTimeField()

    objects = RefusedMailQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]

    def __str__(self):
        return f"{self.received_at:%Y-%m-%d %H:%M} {self.reason}"
