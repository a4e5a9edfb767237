from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import SupervisionGroup
from supervision.models.day import SupervisionDay


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for their author; brought cases for the group's present members and its supervisor. Never others."""
        open_groups = SupervisionGroup.objects.open_to(user).values("pk")
        return self.filter(Q(state=Case.State.BROUGHT) | Q(author=user), day__group__in=open_groups)

    def own(self, user):
        return self.filter(author=user)

    def brought(self):
        return self.filter(state=Case.State.BROUGHT)


class Case(models.Model):
    """An anonymised situation a kursist brings to a supervision day; deleted for good some days after it.

    In the interface it is a *case*, never a *sag*: nothing here is journalised.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        BROUGHT = "brought", _("brought to the group")

    day = models.ForeignKey(SupervisionDay, on_delete=models.CASCADE, related_name="cases")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cases")
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

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(focus_question=""), name="case_brought_has_focus_question"
            ),
        ]

    def __str__(self):
        return f"case {self.pk}"


class CaseRound(models.Model):
    """One case's turn on the day: when each phase began, and who had which role. It outlives the case's text."""

    day = models.ForeignKey(SupervisionDay, on_delete=models.CASCADE, related_name="rounds")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="rounds")
    phases = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"round {self.pk}"


class CaseRoundRole(models.Model):
    class Role(models.TextChoices):
        FOCUS_PERSON = "focus_person", _("focus person")
        SUPERVISOR = "supervisor", _("supervisor")
        REFLECTING_TEAM = "reflecting_team", _("reflecting team")
        OBSERVER = "observer", _("observer")

    round = models.ForeignKey(CaseRound, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_round_roles")
    role = models.CharField(_("role"), max_length=16, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="case_round_one_role_per_person")]

    def __str__(self):
        return f"{self.person_id} {self.role}"
