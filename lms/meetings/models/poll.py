from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.group import SupervisionGroup


class DatePollQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Present members answer; the group's supervisor and the provider's coordinators ask. Nobody else looks on."""
        groups = SupervisionGroup.objects.open_to(user) | SupervisionGroup.objects.organised_by(user)
        return self.filter(group__in=groups.values("pk"))

    def run_by(self, user):
        """Polls ``user`` may nudge, close and end with a date."""
        return self.filter(group__in=SupervisionGroup.objects.organised_by(user).values("pk"))

    def open(self, now):
        return self.filter(closed_at=None, closes_at__gt=now)


class DatePoll(models.Model):
    """A question to a group: which of these times could you come?"""

    group = models.ForeignKey(SupervisionGroup, on_delete=models.CASCADE, related_name="date_polls")
    title = models.CharField(_("title"), max_length=160)
    closes_at = models.DateTimeField(_("closes"))
    asked_at = models.DateTimeField(_("asked"))
    # The time that was chosen; the poll is over then.
    chosen = models.ForeignKey(
        "DatePollOption", on_delete=models.SET_NULL, null=True, blank=True, related_name="chosen_by"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = DatePollQuerySet.as_manager()

    class Meta:
        ordering = ["closes_at", "id"]

    def __str__(self):
        return self.title

    def is_open(self, now) -> bool:
        return self.closed_at is None and self.closes_at > now


class DatePollOption(models.Model):
    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at"], name="date_poll_option_once_per_start"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="date_poll_option_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class DatePollAnswer(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        IF_NEED_BE = "if_need_be", _("if need be")
        NO = "no", _("no")

    option = models.ForeignKey(DatePollOption, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="date_poll_answers")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "person"], name="date_poll_answer_once_per_person")]

    def __str__(self):
        return f"{self.option}: {self.answer}"
