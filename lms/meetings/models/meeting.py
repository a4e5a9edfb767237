import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.meetings.models.cohort import Cohort, Enrolment
from lms.meetings.models.facts import MeetingFacts
from lms.meetings.models.group import GroupMembership, SupervisionGroup
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES

TRAINER_ROLES = (Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR)


def new_uid() -> str:
    return f"{uuid.uuid4()}@fodfaeste"


class MeetingQuerySet(models.QuerySet):
    def scheduled(self):
        return self.filter(state=Meeting.State.SCHEDULED)

    def upcoming(self, now):
        """Scheduled and not over yet, the next one first."""
        return self.scheduled().filter(ends_at__gt=now).order_by("starts_at", "id")

    def held(self, now):
        return self.scheduled().filter(ends_at__lte=now)

    def visible_to(self, user):
        """A kursist's own, never other groups'; all of the cohorts a provider, manager or agency looks after."""
        access = access_of(user)
        if not access.has_any:
            return self.none()
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        own_cohorts = Enrolment.objects.enrolled().filter(person=user).values("cohort")
        own_groups = GroupMembership.objects.current().filter(enrolment__person=user).values("group")
        managed = access.organisations(Role.LOCAL_MANAGER)
        sent_cohorts = Enrolment.objects.filter(municipality__in=managed).values("cohort")
        sent_groups = GroupMembership.objects.filter(enrolment__municipality__in=managed).values("group")
        return self.filter(
            Q(group=None, cohort__in=own_cohorts)
            | Q(group__in=own_groups)
            | Q(pk__in=Invitee.objects.active().filter(person=user, role=Invitee.Role.GUEST).values("meeting"))
            | Q(cohort__course__provider__in=access.organisations(*PROVIDER_ROLES))
            | Q(group=None, cohort__in=sent_cohorts)
            | Q(group__in=sent_groups)
        )

    def run_by(self, user):
        """Meetings whose attendance ``user`` may take: the provider's instructors, supervisors and coordinators."""
        return self.filter(cohort__course__provider__in=access_of(user).organisations(*TRAINER_ROLES))

    def organised_by(self, user):
        """Meetings ``user`` may move and call off: the provider's coordinators."""
        return self.filter(cohort__course__provider__in=access_of(user).organisations(Role.PROVIDER_COORDINATOR))


class Meeting(MeetingFacts):
    """A dated meeting of a cohort or a group: one UID for life, a SEQUENCE that rises with time and status."""

    class Kind(models.TextChoices):
        TEACHING = "teaching", _("teaching day")
        SUPERVISION = "supervision", _("supervision day")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="meetings")
    group = models.ForeignKey(
        SupervisionGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="meetings"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    # The highest number taken, also by personal cancellations: the next change takes the one after it.
    highest_sequence = models.PositiveIntegerField(default=0, editable=False)
    # Rises with every released change; a calendar program only looks at ``sequence``, we also tell of a new room.
    revision = models.PositiveIntegerField(default=1, editable=False)
    # The VEVENT of this revision, rendered once: feeds and mails copy it.
    vevent = models.TextField(blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind="teaching", group=None) | Q(kind="supervision"),
                name="meeting_teaching_is_for_the_cohort",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "starts_at"], name="meeting_by_cohort")]

    def __str__(self):
        return self.title


class MeetingRevision(MeetingFacts):
    """What people could know of a meeting at one time: a mail about a change shows it beside what holds now."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting_id", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="meeting_revision_once")]

    def __str__(self):
        return f"{self.meeting_id}.{self.number}"


class InviteeQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_removed=False)

    def kursister(self):
        return self.filter(role=Invitee.Role.KURSIST)

    def visible_to(self, user):
        """Who comes: all of it for the provider, the agency and those who come as kursister; a manager sees own people.

        A guest sees the trainers only: who is on a course is no business of one who comes for a day.
        """
        access = access_of(user)
        if not access.has_any:
            return self.none()
        if access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER):
            return self
        own = Invitee.objects.active().kursister().filter(person=user).values("meeting")
        sent = Enrolment.objects.filter(municipality__in=access.organisations(Role.LOCAL_MANAGER)).values("person")
        return self.filter(
            Q(meeting__in=own)
            | Q(meeting__cohort__course__provider__in=access.organisations(*PROVIDER_ROLES))
            | Q(role=Invitee.Role.KURSIST, person__in=sent)
            | Q(role=Invitee.Role.TRAINER)
            | Q(person=user),
            meeting__in=Meeting.objects.visible_to(user).values("pk"),
        )


class Invitee(models.Model):
    """A person's invitation to one meeting, and what the calendar last told that person."""

    class Role(models.TextChoices):
        KURSIST = "kursist", _("kursist")
        TRAINER = "trainer", _("trainer")
        GUEST = "guest", _("guest")

    class Answer(models.TextChoices):
        NONE = "none", _("no answer yet")
        ACCEPTED = "accepted", _("coming")
        TENTATIVE = "tentative", _("perhaps")
        DECLINED = "declined", _("not coming")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations_to_meetings"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.KURSIST)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    # In their own words why they cannot come.
    answer_reason = models.CharField(_("reason"), max_length=200, blank=True)
    # DTSTAMP of the last answer that came from a calendar: an older one does not undo it (RFC 5546).
    reply_stamp = models.DateTimeField(null=True, blank=True)
    # An answer from a calendar whose sender the mail gate could not vouch for: it counts once it is confirmed.
    unconfirmed_answer = models.CharField(max_length=10, choices=Answer, blank=True)
    # The day at home that a guest makes up for here: the attendance counts there.
    makes_up_for = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="made_up_by"
    )
    is_removed = models.BooleanField(default=False)
    # The number of the last message to this person alone: taken off, or asked again after that.
    personal_sequence = models.PositiveIntegerField(default=0)
    last_revision_sent = models.PositiveIntegerField(null=True, blank=True)
    last_sequence_sent = models.PositiveIntegerField(null=True, blank=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="invitee_once_per_meeting")]

    def __str__(self):
        return f"{self.person}, {self.meeting}"

    @property
    def sequence(self) -> int:
        """The SEQUENCE of this person's copy."""
        return max(self.meeting.sequence, self.personal_sequence)


class AgendaItem(models.Model):
    """A timed item on a day's programme, as it is held: it starts as the page's and may be changed on the day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda_items")
    starts_at_time = models.TimeField(_("time"))
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["starts_at_time", "id"]

    def __str__(self):
        return f"{self.starts_at_time:%H.%M} {self.title}"
