from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.meeting import Meeting
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES
from lms.programme.models import Course


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The provider's words about its own course, for those who run it."""
        access = access_of(user)
        if access.has(Role.ADMINISTRATOR):
            return self
        return self.filter(course__provider__in=access.organisations(*PROVIDER_ROLES))


class Reminder(models.Model):
    """What everybody on a day is reminded of, before or after it: one for each kind of day and moment."""

    class Moment(models.TextChoices):
        WEEK_BEFORE = "week_before", _("a week before")
        DAY_BEFORE = "day_before", _("the day before")
        SAME_EVENING = "same_evening", _("the same evening")
        DAY_AFTER = "day_after", _("the day after")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(_("kind of day"), max_length=12, choices=Meeting.Kind)
    moment = models.CharField(_("when"), max_length=12, choices=Moment)
    is_on = models.BooleanField(_("is sent"), default=True)
    only_unanswered = models.BooleanField(_("only to those who have not answered"), default=False)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"))

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["course_id", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "kind", "moment"], name="reminder_once_per_kind_and_moment")
        ]

    def __str__(self):
        return f"{self.course}, {self.kind}, {self.moment}"
