"""The database says no too."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from courses.models import (
    Certificate,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationResponse,
    Preparation,
    Quiz,
    QuizAnswer,
    QuizOption,
    QuizQuestion,
)
from tests.factories.courses import WRITTEN_AT, TeachingDayFactory, full_day_page
from tests.factories.meetings import EnrolmentFactory, MeetingFactory
from tests.factories.people import UserFactory
from tests.factories.programme import CourseFactory

pytestmark = pytest.mark.django_db


def question(course, **fields):
    texts = {"code": "E01", "text": "Hvor relevant?", "answer_kind": "scale", "level": 1, "moment": "each_day"}
    return EvaluationQuestion.objects.create(course=course, **{**texts, **fields})


def test_question_has_its_code_once_in_a_course():
    course = CourseFactory()
    question(course)
    question(CourseFactory())

    with pytest.raises(IntegrityError):
        question(course)


@pytest.mark.parametrize("level", [0, 5])
def test_question_measures_a_level_from_one_to_four(level):
    with pytest.raises(IntegrityError):
        question(CourseFactory(), level=level)


def response(person, course, meeting=None, moment="each_day"):
    return EvaluationResponse.objects.create(
        person=person, course=course, meeting=meeting, moment=moment, answered_date=date(2026, 11, 20)
    )


def test_person_answers_once_about_a_meeting():
    person, course, meeting = UserFactory(), CourseFactory(), MeetingFactory()
    response(person, course, meeting)

    with pytest.raises(IntegrityError):
        response(person, course, meeting)


def test_person_answers_once_about_a_course_and_moment():
    person, course = UserFactory(), CourseFactory()
    response(person, course, moment="before")
    response(person, course, moment="later")

    with pytest.raises(IntegrityError):
        response(person, course, moment="before")


def test_an_answer_leads_to_no_person_and_no_moment():
    names = {field.name for field in EvaluationAnswer._meta.get_fields()}

    assert names == {"id", "meeting", "question", "score", "text"}


def test_quiz_question_has_its_number_once():
    quiz = Quiz.objects.create(page=full_day_page())
    QuizQuestion.objects.create(quiz=quiz, number=1, text="Hvad er målet?")

    with pytest.raises(IntegrityError):
        QuizQuestion.objects.create(quiz=quiz, number=1, text="Hvad ellers?")


def test_person_answers_a_quiz_question_once_on_a_day():
    day = TeachingDayFactory()
    asked = QuizQuestion.objects.create(quiz=Quiz.objects.create(page=day.page), number=1, text="Hvad er målet?")
    option = QuizOption.objects.create(question=asked, text="Job", is_correct=True)
    answer = {
        "teaching_day": day,
        "question": asked,
        "person": UserFactory(),
        "option": option,
        "answered_at": WRITTEN_AT,
    }
    QuizAnswer.objects.create(**answer)

    with pytest.raises(IntegrityError):
        QuizAnswer.objects.create(**answer)


def test_person_ticks_once_on_a_day():
    day, person = TeachingDayFactory(), UserFactory()
    Preparation.objects.create(teaching_day=day, person=person)

    with pytest.raises(IntegrityError):
        Preparation.objects.create(teaching_day=day, person=person)


def test_ticks_are_seen_by_their_person_alone():
    own = Preparation.objects.create(teaching_day=TeachingDayFactory(), person=UserFactory())

    assert list(Preparation.objects.visible_to(own.person)) == [own]
    assert list(Preparation.objects.visible_to(UserFactory())) == []


def test_certificate_outlives_what_it_certifies():
    enrolment = EnrolmentFactory()
    Certificate.objects.create(enrolment=enrolment, number="2026-0001", issued_at=WRITTEN_AT)

    with pytest.raises(ProtectedError):
        enrolment.delete()


def test_certificates_number_is_its_own():
    Certificate.objects.create(enrolment=EnrolmentFactory(), number="2026-0001", issued_at=WRITTEN_AT)

    with pytest.raises(IntegrityError):
        Certificate.objects.create(enrolment=EnrolmentFactory(), number="2026-0001", issued_at=WRITTEN_AT)


def test_things_say_what_they_are():
    day = TeachingDayFactory(number=2)
    quiz = Quiz.objects.create(page=day.page)
    asked = QuizQuestion.objects.create(quiz=quiz, number=1, text="Hvad er målet?")

    assert str(day) == f"{day.cohort}, 2"
    assert (str(quiz), str(asked)) == ("Metoden", "Hvad er målet?")
    assert day.get_absolute_url() == f"/hold/{day.cohort.slug}/dag/2/"
