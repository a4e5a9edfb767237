"""Own work in the course."""

from django.utils.translation import gettext_lazy as _

from lms.people.methods.privacy import Erasure, Line, keep_apart, register
from lms.people.methods.privacy.activities import COURSE, LEARNING

register(
    Line(
        model="courses.Reflection",
        activity=LEARNING,
        holds=_("what a kursist has written after a day"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="courses.Trial",
        activity=LEARNING,
        holds=_("what a kursist wants to try, and what happened"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="courses.Preparation",
        activity=LEARNING,
        holds=_("which preparation is ticked off"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="courses.QuizAnswer",
        activity=LEARNING,
        holds=_("answers in knowledge checks"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="courses.EvaluationResponse",
        activity=LEARNING,
        holds=_("that somebody has answered an evaluation, by day; not what was answered"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="courses.EvaluationAnswer",
        activity=LEARNING,
        holds=_("answers of evaluations, which lead to nobody from the start"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="courses.EvaluationQuestion",
        activity=LEARNING,
        holds=_("the questions of an evaluation; no people"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="courses.Certificate",
        activity=COURSE,
        holds=_("proof of a completed course, with the name"),
        person=("enrolment__person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="courses.MakeUp",
        activity=COURSE,
        holds=_("a missed day that somebody makes up for elsewhere, and why"),
        person=("enrolment__person",),
        by=("home_yes_by", "host_yes_by"),
        blank=("reason",),
        erasure=Erasure.ANONYMOUS,
        because=_("the attendance counts at home"),
    ),
)

keep_apart(
    _("plans and texts of a course, and no people"),
    "courses.CoursePage",
    "courses.TeachingDayPage",
    "courses.LibraryPage",
    "courses.TeachingDay",
    "courses.Quiz",
    "courses.QuizQuestion",
    "courses.QuizOption",
)
