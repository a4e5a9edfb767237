from datetime import date

import pytest
from django.utils import translation

from supervision.forms import CaseForm, LearningForm, NextStepForm, TellForm
from tests.factories.supervision import TEXTS

# A case is read beside the names of everybody here.
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
CPR = "010170-1234"
STEP = {"text": "Spørge", "due_date": "2026-12-01"}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def errors_of(form_data):
    def check(*, is_for_group=False, **changes):
        return CaseForm(form_data(**changes), is_for_group=is_for_group).errors

    return check


@pytest.mark.parametrize("field", list(TEXTS))
def test_cpr_number_is_refused_in_every_text_of_a_case(errors_of, field):
    assert list(errors_of(**{field: f"Hun hedder {CPR}"})) == [field]


@pytest.mark.parametrize(
    "form", [LearningForm({"text": CPR}, people=[]), NextStepForm({**STEP, "text": CPR}, today=TODAY)]
)
def test_cpr_number_is_refused_in_learnings_and_next_steps(form):
    assert list(form.errors) == ["text"]


def test_cpr_number_is_refused_in_what_came_of_a_step():
    assert list(TellForm({"status": "tried", "follow_up": CPR}).errors) == ["follow_up"]


def test_draft_needs_a_name_only(errors_of):
    blank = dict.fromkeys(TEXTS, "") | {"title": "Hun siger ja", "is_anonymous": ""}

    assert errors_of(**blank) == {}


def test_case_without_a_name_is_refused(errors_of):
    assert list(errors_of(title="  ")) == ["title"]


def test_case_for_the_group_needs_its_question_and_a_yes(errors_of):
    assert list(errors_of(is_for_group=True, focus_question="", is_anonymous="")) == ["focus_question", "is_anonymous"]


def test_question_with_a_cpr_number_is_told_of_once(errors_of):
    assert len(errors_of(is_for_group=True, focus_question=CPR)["focus_question"]) == 1


def test_line_breaks_and_control_characters_never_reach_a_title(form_data):
    form = CaseForm(form_data(title="Hun siger\r\nja\x00\x07 til alt", focus_question="Hvad\nnu?"))

    assert (form.is_valid(), form.texts["title"], form.texts["focus_question"]) == (
        True,
        "Hun siger ja til alt",
        "Hvad nu?",
    )


def test_paragraphs_stay_in_the_longer_answers(form_data):
    form = CaseForm(form_data(situation="Først.\r\n\r\nSiden.\x07"))

    assert (form.is_valid(), form.texts["situation"]) == (True, "Først.\n\nSiden.")


@pytest.mark.parametrize(("field", "length"), [("title", 121), ("situation", 4001), ("focus_question", 301)])
def test_too_long_answers_are_refused(errors_of, field, length):
    assert list(errors_of(**{field: "x" * length})) == [field]


@pytest.mark.parametrize(("field", "value"), [("key", "my-key"), ("version", "-1"), ("version", "one")])
def test_forged_hidden_fields_are_refused(errors_of, field, value):
    assert list(errors_of(**{field: value})) == [field]


def test_empty_forms_have_different_keys():
    assert CaseForm()["key"].value() != CaseForm()["key"].value()


def test_next_step_may_be_without_a_date():
    assert NextStepForm({"text": "Spørge", "due_date": ""}, today=TODAY).is_valid()


@pytest.mark.parametrize(("day", "is_valid"), [("2026-11-21", False), ("2026-11-22", True)])
def test_next_step_is_for_today_or_later(day, is_valid):
    assert NextStepForm({**STEP, "due_date": day}, today=TODAY).is_valid() == is_valid


def test_learning_is_for_somebody_in_the_group():
    people = [(7, "Mette Lindholm, Viborg")]

    answers = {number: LearningForm({"text": "Et ja", "focus_person": number}, people=people) for number in ("7", "8")}

    assert {number: form.is_valid() for number, form in answers.items()} == {"7": True, "8": False}
    assert answers["7"].cleaned_data["focus_person"] == 7


def test_step_is_told_as_tried_or_let_go():
    valid = {status: TellForm({"status": status}).is_valid() for status in ("tried", "dropped", "planned", "")}

    assert valid == {"tried": True, "dropped": True, "planned": False, "": False}
