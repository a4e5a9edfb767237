from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import GroupMembership, Meeting, SupervisionGroup
from supervision.methods import deletion_moment


class OfGroupQuerySet(models.QuerySet):
    """Rows that belong to a group: its present members and its supervisor, and nobody else, whatever their role."""

    group_path = "group"

    def visible_to(self, user):
        return self.filter(**{f"{self.group_path}__in": SupervisionGroup.objects.open_to(user).values("pk")})


class SupervisionDayQuerySet(OfGroupQuerySet):
    def of_member(self, person):
        """Days of the groups a person has a place in now: whoever writes cases, as the supervisor does not."""
        return self.visible_to(person).filter(group__in=SupervisionGroup.objects.with_member(person).values("pk"))

    def with_meeting(self):
        return self.select_related("meeting", "group")

    def with_queue(self):
        """Each day with the number of cases brought to it."""
        return self.annotate(queue=Count("cases", filter=Q(cases__state="brought")))


class SupervisionDay(models.Model):
    """A group's dated supervision day: its number in the course, its theme and what to bring."""

    group = models.ForeignKey(SupervisionGroup, on_delete=models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField(_("day number"))
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="supervision_day")
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("purpose"), blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    bring = models.CharField(_("what to bring"), max_length=300, blank=True)

    objects = SupervisionDayQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="supervision_day_number_once_per_group")
        ]

    def __str__(self):
        return f"{self.group}, {self.number}"

    def is_open(self, now) -> bool:
        """Whether a case can still be brought: the day is neither over nor cancelled."""
        return not self.meeting.is_cancelled and self.meeting.ends_at > now

    def has_begun(self, now) -> bool:
        return not self.meeting.is_cancelled and self.meeting.starts_at <= now

    @property
    def cases_deleted_at(self):
        return deletion_moment(self.meeting.ends_at)


class GroupContract(models.Model):
    """The group's own ground rules; each version is confirmed by each member."""

    group = models.ForeignKey(SupervisionGroup, on_delete=models.CASCADE, related_name="contracts")
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("ground rules"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OfGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["group", "version"], name="group_contract_version_once")]

    def __str__(self):
        return f"{self.group} v{self.version}"


class OfContractQuerySet(OfGroupQuerySet):
    group_path = "contract__group"


class ContractConfirmation(models.Model):
    contract = models.ForeignKey(GroupContract, on_delete=models.CASCADE, related_name="confirmations")
    membership = models.ForeignKey(GroupMembership, on_delete=models.CASCADE, related_name="contract_confirmations")
    confirmed_at = models.DateTimeField()

    objects = OfContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "membership"], name="contract_confirmed_once_per_member")
        ]

    def __str__(self):
        return f"{self.membership_id} {self.contract_id}"
