import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import SupervisionGroup
from supervision.methods import last_end_to_delete
from supervision.models.day import OfGroupQuerySet, SupervisionDay


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for their author; brought cases for the group's present members and its supervisor. Never others."""
        open_groups = SupervisionGroup.objects.open_to(user).values("pk")
        return self.filter(Q(state=Case.State.BROUGHT) | Q(author=user), day__group__in=open_groups)

    def own(self, user):
        return self.filter(author=user)

    def brought(self):
        return self.filter(state=Case.State.BROUGHT)

    def due_for_deletion(self, now):
        return self.filter(day__meeting__ends_at__lte=last_end_to_delete(now))

    def with_day(self):
        return self.select_related("author", "day__meeting", "day__group")


class Case(models.Model):
    """An anonymised situation a kursist brings to a supervision day; deleted for good some days after it.

    In the interface it is a *case*, never a *sag*: nothing here is journalised.
    """

    TEXT_FIELDS = ("title", "setting", "situation", "tried", "effect_on_me", "focus_question")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        BROUGHT = "brought", _("brought to the group")

    day = models.ForeignKey(SupervisionDay, on_delete=models.CASCADE, related_name="cases")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cases")
    # Made with the empty form, so that sending it twice writes one case.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    # Rises with every change, so that a second tab cannot overwrite what it has not shown.
    version = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=120)
    setting = models.TextField(_("setting"), blank=True)
    situation = models.TextField(_("the situation"), blank=True)
    tried = models.TextField(_("what I have tried"), blank=True)
    effect_on_me = models.TextField(_("what it does to me"), blank=True)
    focus_question = models.CharField(_("focus question"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    brought_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "brought_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="case_once_per_form"),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(focus_question=""), name="case_brought_has_focus_question"
            ),
        ]

    def __str__(self):
        return f"case {self.pk}"

    @property
    def is_brought(self) -> bool:
        return self.state == self.State.BROUGHT

    @property
    def texts(self) -> dict:
        return {name: getattr(self, name) for name in self.TEXT_FIELDS}


class OfDayQuerySet(OfGroupQuerySet):
    group_path = "day__group"


class CaseRound(models.Model):
    """One case's turn on the day: when each phase began, and who had which role. It outlives the case's text."""

    day = models.ForeignKey(SupervisionDay, on_delete=models.CASCADE, related_name="rounds")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="rounds")
    phases = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfDayQuerySet.as_manager()

    def __str__(self):
        return f"round {self.pk}"


class OfRoundQuerySet(OfGroupQuerySet):
    group_path = "round__day__group"


class CaseRoundRole(models.Model):
    class Role(models.TextChoices):
        FOCUS_PERSON = "focus_person", _("focus person")
        SUPERVISOR = "supervisor", _("supervisor")
        REFLECTING_TEAM = "reflecting_team", _("reflecting team")
        OBSERVER = "observer", _("observer")

    round = models.ForeignKey(CaseRound, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_round_roles")
    role = models.CharField(_("role"), max_length=16, choices=Role)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="case_round_one_role_per_person")]

    def __str__(self):
        return f"{self.person_id} {self.role}"
