import uuid

import pytest

from lms.forum.forms import FORMS, PRACTICE_HEADINGS, ReplyForm, ReportForm, TriedForm
from lms.forum.models import Discussion
from lms.people.forms.guarded import CPR_MESSAGE
from tests.factories.forum import consultant_in, shared_by
from tests.factories.programme import PrincipleFactory, ThemeFactory

pytestmark = pytest.mark.django_db
CPR = "Han hedder noget med 010190-1234"
PRACTICE = {"title": "Fast stol", "summary": "Kort", "what_we_did": "Vi gik derhen."}
EVERY_TEXT = [(kind, name) for kind, form in FORMS.items() for name in ("title", *form.texts)]


def filled(kind, **changes):
    return (PRACTICE if kind == "practice" else {"title": "Hvad gør I?", "body": "Hvordan?"}) | changes


def test_every_kind_has_its_form():
    assert [(kind, form.kind) for kind, form in FORMS.items()] == [(kind, kind) for kind in Discussion.Kind.values]


@pytest.mark.parametrize("kind", Discussion.Kind.values)
def test_a_form_asks_for_its_texts_themes_and_principles_and_nothing_else(kind):
    form = FORMS[kind]()

    assert list(form.fields) == ["title", *form.texts, "themes", "principles", "form_key"]


def test_a_practice_description_has_all_its_fields():
    assert list(PRACTICE_HEADINGS) == [
        *("summary", "setting", "context", "what_we_did", "who_took_part"),
        *("effect", "obstacles", "advice", "materials"),
    ]


@pytest.mark.parametrize("kind", Discussion.Kind.values)
def test_every_text_field_but_the_title_has_a_column(kind):
    columns = {field.name for field in Discussion._meta.get_fields()}

    assert set(FORMS[kind].texts) - columns == set()


@pytest.mark.parametrize("kind", ["success", "challenge", "question", "tool"])
def test_each_kind_has_its_own_hint(kind):
    assert FORMS[kind]()["body"].help_text == FORMS[kind].hint


@pytest.mark.parametrize("kind, name", EVERY_TEXT)
def test_a_cpr_number_is_refused_in_every_text(kind, name):
    form = FORMS[kind](filled(kind, **{name: CPR}))

    assert form.errors == {name: [CPR_MESSAGE]}
    assert form[name].value() == CPR


@pytest.mark.parametrize(
    "form_class, values, name",
    [(ReplyForm, {}, "body"), (TriedForm, {"outcome": "kept"}, "remark"), (ReportForm, {}, "reason")],
)
def test_a_cpr_number_is_refused_in_answers_too(form_class, values, name):
    form = form_class(values | {name: CPR})

    assert form.errors == {name: [CPR_MESSAGE]}


@pytest.mark.parametrize(
    "kind, missing", [("practice", ["title", "summary", "what_we_did"]), ("question", ["title", "body"])]
)
def test_only_what_readers_need_is_required(kind, missing):
    assert list(FORMS[kind]({}).errors) == missing


@pytest.mark.parametrize("kind", Discussion.Kind.values)
def test_a_draft_needs_a_title_and_nothing_else(kind):
    assert list(FORMS[kind]({}, is_draft=True).errors) == ["title"]


def test_a_title_is_one_line_without_what_nobody_can_see():
    form = FORMS["question"](filled("question", title=" Hvad\r\ngør\x00 I?\u2028 "))

    assert form.is_valid()
    assert form.cleaned_data["title"] == "Hvad gør I?"


def test_a_text_keeps_its_lines_and_loses_what_nobody_can_see():
    form = FORMS["question"](filled("question", body="Et\r\n\r\nto\x00\x07 "))

    assert form.is_valid()
    assert form.cleaned_data["body"] == "Et\n\nto"


def test_a_title_of_signs_nobody_can_see_is_no_title():
    assert list(FORMS["question"](filled("question", title="\x00\n\x07")).errors) == ["title"]


@pytest.mark.parametrize("name, length", [("title", 141), ("body", 20_001)])
def test_what_is_too_long_is_said(name, length):
    assert list(FORMS["question"](filled("question", **{name: "x" * length})).errors) == [name]


def test_themes_and_principles_are_chosen():
    theme, principle = ThemeFactory(), PrincipleFactory()

    form = FORMS["question"](filled("question", themes=[theme.pk], principles=[principle.pk]))

    assert form.is_valid()
    assert [list(form.cleaned_data[name]) for name in ("themes", "principles")] == [[theme], [principle]]


@pytest.mark.parametrize("forged", ["0", "-1", "x", "9" * 30, "\x00"])
def test_a_forged_theme_is_an_error_not_a_crash(forged):
    assert list(FORMS["question"](filled("question", themes=[forged])).errors) == ["themes"]


def test_each_empty_form_has_its_own_key():
    keys = {FORMS["question"]()["form_key"].value() for _ in range(3)}

    assert len(keys) == 3


@pytest.mark.parametrize("sent, key", [("", None), ("x", None), ("9f3c" * 8, uuid.UUID("9f3c" * 8))])
def test_a_key_nobody_typed_is_no_reason_to_complain(sent, key):
    form = ReplyForm({"body": "Ja", "form_key": sent})

    assert (form.is_valid(), form.cleaned_data["form_key"]) == (True, key)


def test_a_form_begins_with_what_was_written():
    theme = ThemeFactory()
    discussion = shared_by(consultant_in(), "Fast stol", "practice", summary="Kort", themes=[theme])

    initial = FORMS["practice"].initial_of(discussion)

    assert (initial["title"], initial["summary"], list(initial["themes"])) == ("Fast stol", "Kort", [theme])


@pytest.mark.parametrize(
    "outcome, is_valid", [("kept", True), ("adapted", True), ("dropped", True), ("", False), ("x", False)]
)
def test_an_outcome_is_one_of_three(outcome, is_valid):
    assert TriedForm({"outcome": outcome}).is_valid() is is_valid


@pytest.mark.parametrize("form_class, name", [(ReplyForm, "body"), (TriedForm, "outcome"), (ReportForm, "reason")])
def test_an_empty_answer_is_asked_for(form_class, name):
    assert list(form_class({name: " \n "}).errors) == [name]


@pytest.mark.parametrize("themes, is_open", [([], False), (["1"], True), (["x"], True)])
def test_choices_are_folded_away_until_there_are_some(themes, is_open):
    assert FORMS["question"](filled("question", themes=themes)).has_choices is is_open


def test_choices_made_before_are_not_folded_away():
    discussion = shared_by(consultant_in(), themes=[ThemeFactory()])

    assert FORMS["question"](initial=FORMS["question"].initial_of(discussion)).has_choices is True
