"""Wagtail content, and what happens around a teaching day."""

from courses.models.completion import Certificate
from courses.models.days import Preparation, Reflection, TeachingDay, Trial
from courses.models.evaluation import EvaluationAnswer, EvaluationQuestion, EvaluationResponse
from courses.models.makeup import MakeUp
from courses.models.pages import CoursePage, LibraryPage, Material, TeachingDayPage
from courses.models.quiz import Quiz, QuizAnswer, QuizOption, QuizQuestion

__all__ = [
    "Certificate",
    "CoursePage",
    "EvaluationAnswer",
    "EvaluationQuestion",
    "EvaluationResponse",
    "LibraryPage",
    "MakeUp",
    "Material",
    "Preparation",
    "Quiz",
    "QuizAnswer",
    "QuizOption",
    "QuizQuestion",
    "Reflection",
    "TeachingDay",
    "TeachingDayPage",
    "Trial",
]
