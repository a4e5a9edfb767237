from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import Meeting
from lms.programme.models import Course


class EvaluationQuestion(models.Model):
    """A question of a course's evaluation, with the Kirkpatrick level it measures."""

    class Answer(models.TextChoices):
        SCALE = "scale", _("1 to 5")
        TEXT = "text", _("text")
        CHOICE = "choice", _("one of several")

    class Moment(models.TextChoices):
        EACH_DAY = "each_day", _("after each day")
        BEFORE = "before", _("before the course")
        LAST_DAY = "last_day", _("after the last day")
        SUPERVISION = "supervision", _("after each supervision day")
        LATER = "later", _("three months later")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="evaluation_questions")
    code = models.CharField(max_length=12)
    text = models.CharField(_("question"), max_length=300)
    answer_kind = models.CharField(_("kind of answer"), max_length=8, choices=Answer)
    choices = models.JSONField(default=list, blank=True)
    level = models.PositiveSmallIntegerField(_("evaluation level"))
    moment = models.CharField(_("when"), max_length=12, choices=Moment)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["course", "code"], name="evaluation_question_code_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="evaluation_question_level_1_to_4"),
        ]

    def __str__(self):
        return self.text


class EvaluationResponse(models.Model):
    """That a person has answered; the answers themselves are kept without a name."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="evaluation_responses"
    )
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="evaluation_responses")
    moment = models.CharField(max_length=12, choices=EvaluationQuestion.Moment)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evaluation_responses")
    answered_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "meeting", "moment"],
                condition=models.Q(meeting__isnull=False),
                name="evaluation_response_once_per_meeting",
            ),
            models.UniqueConstraint(
                fields=["person", "course", "moment"],
                condition=models.Q(meeting=None),
                name="evaluation_response_once_per_course",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.moment}"


class EvaluationAnswer(models.Model):
    """One anonymous answer: nothing in the row leads to a person, not even a moment."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="evaluation_answers"
    )
    question = models.ForeignKey(EvaluationQuestion, on_delete=models.CASCADE, related_name="answers")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    def __str__(self):
        return f"{self.question_id}"
