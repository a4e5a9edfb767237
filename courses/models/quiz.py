from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.days import TeachingDay
from courses.models.pages import TeachingDayPage


class Quiz(models.Model):
    """A knowledge check that belongs to a day: for learning, without a pass mark."""

    page = models.OneToOneField(TeachingDayPage, on_delete=models.CASCADE, related_name="quiz")

    class Meta:
        verbose_name = _("knowledge check")
        verbose_name_plural = _("knowledge checks")

    def __str__(self):
        return str(self.page)


class QuizQuestion(models.Model):
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=400)
    feedback = models.TextField(_("feedback"), blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["quiz", "number"], name="quiz_question_number_once")]

    def __str__(self):
        return self.text


class QuizOption(models.Model):
    question = models.ForeignKey(QuizQuestion, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("answer"), max_length=300)
    is_correct = models.BooleanField(_("correct"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.text


class QuizAnswer(models.Model):
    """What a person answered: for that person alone."""

    teaching_day = models.ForeignKey(TeachingDay, on_delete=models.CASCADE, related_name="quiz_answers")
    question = models.ForeignKey(QuizQuestion, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiz_answers")
    option = models.ForeignKey(QuizOption, on_delete=models.CASCADE, related_name="answers")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teaching_day", "question", "person"], name="quiz_answer_once_per_question")
        ]

    def __str__(self):
        return f"{self.person_id} {self.question_id}"
