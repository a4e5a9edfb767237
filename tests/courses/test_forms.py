import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form

from courses import actions
from courses.forms import (
    GuardedDocumentForm,
    GuardedPageForm,
    LibraryForm,
    PreparationForm,
    ReflectionForm,
    TrialForm,
    TrialStoryForm,
)
from courses.forms.pages import RESERVED_SLUGS
from courses.models import CoursePage, LibraryPage, TeachingDayPage
from lms.people.forms import CPR_IN_FILE
from tests.factories.courses import PDF, course_page, editor_of

CPR = "010180-1234"


@pytest.mark.parametrize("model", [CoursePage, TeachingDayPage, LibraryPage])
def test_every_page_of_ours_is_written_through_the_guarded_form(model):
    assert issubclass(model.get_edit_handler().get_form_class(), GuardedPageForm)


def test_first_words_of_all_our_own_addresses_are_reserved():
    first_words = {str(pattern.pattern).partition("/")[0] for pattern in own_patterns(get_resolver())}

    # No page can begin with a point.
    words = {word for word in first_words if word and "<" not in word and not word.startswith(".")}
    assert words - RESERVED_SLUGS == set()
    assert len(RESERVED_SLUGS) >= 40


def own_patterns(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns") and not str(pattern.pattern):
            yield from own_patterns(pattern)
        else:
            yield pattern


@pytest.mark.parametrize(
    "form,field,more",
    [
        (ReflectionForm, "text", {}),
        (TrialForm, "intention", {"due_date": "2026-12-04"}),
        (TrialStoryForm, "what_happened", {}),
    ],
)
@pytest.mark.parametrize("text", [CPR, "0101801234 er et cpr", "010180 1234", "010180\n1234"])
def test_numbers_of_citizens_are_refused_in_every_text(form, field, more, text):
    filled = form({field: text, **more})

    assert list(filled.errors) == [field]


@pytest.mark.parametrize("form,field", [(ReflectionForm, "text"), (TrialStoryForm, "what_happened")])
def test_control_characters_are_taken_out_and_lines_stay(form, field):
    filled = form({field: "Én\r\nto\x0btre"})

    assert filled.is_valid()
    assert filled.cleaned_data[field] == "Én\ntotre"


def test_trial_is_one_line():
    filled = TrialForm({"intention": "Spørg\r\ni kantinen", "due_date": "2026-12-04"})

    assert filled.is_valid()
    assert filled.cleaned_data["intention"] == "Spørg i kantinen"


@pytest.mark.parametrize("form", [ReflectionForm, TrialForm, TrialStoryForm])
def test_empty_form_says_what_is_missing(form):
    assert form({}).errors


@pytest.mark.parametrize("form", [ReflectionForm, TrialForm, TrialStoryForm])
def test_form_has_no_field_that_could_be_forged(form):
    assert not set(form.base_fields) & {"person", "teaching_day", "shared_at", "changed_at"}


@pytest.mark.parametrize(
    "asked,chosen",
    [
        ({}, {"day": None, "kind": ""}),
        ({"day": "2", "kind": "video"}, {"day": 2, "kind": "video"}),
        ({"day": "9", "kind": "nonsense"}, {"day": None, "kind": ""}),
        ({"day": "'; DROP", "kind": "<script>"}, {"day": None, "kind": ""}),
    ],
)
def test_library_filter_that_does_not_exist_counts_as_none(asked, chosen):
    assert LibraryForm(asked, days=[1, 2]).chosen() == chosen


def test_ticks_are_those_of_the_days_own_tasks():
    tasks = [{"id": "a", "text": "Læs"}, {"id": "b", "text": "Skriv"}]

    assert PreparationForm({"done": ["a"]}, tasks=tasks).is_valid() is True
    assert PreparationForm({"done": ["c"]}, tasks=tasks).is_valid() is False


LIST = "Ring til hende på 20 30 40 50".encode()


def upload(name, content, **data):
    editor = editor_of(course_page().course)
    actions.sync_groups(person=editor)
    form_class = get_document_form(get_document_model())
    file = SimpleUploadedFile(name, content)
    return form_class({"title": "Plan", "tags": "", **data}, {"file": file}, user=editor)


@pytest.mark.django_db
def test_a_document_with_a_cpr_number_in_it_is_refused_once():
    form = upload("liste.txt", b"Borger 010190-1234")

    assert {name: list(errors) for name, errors in form.errors.items()} == {"file": [CPR_IN_FILE]}
    assert "guard-ok" not in form.fields


@pytest.mark.django_db
def test_a_document_with_a_phone_number_in_it_is_taken_with_the_tick_for_it():
    asked = upload("liste.txt", LIST)

    assert [error.code for error in asked.errors.as_data()["file"]] == ["ask"]
    ((tick, words),) = asked.fields["guard-ok"].choices
    assert words == "Det er i orden, at det står der: »20 30 40 50«"
    assert f'value="{tick}"' in str(asked["guard-ok"])
    assert upload("liste.txt", LIST, **{"guard-ok": tick}).is_valid()
    assert not upload("liste.txt", LIST + b" og Skolevej 3", **{"guard-ok": tick}).is_valid()


@pytest.mark.django_db
def test_a_title_that_is_asked_about_keeps_the_file_out_too():
    form = upload("plan.txt", b"Hej", title="Ring 20 30 40 50")

    assert sorted(form.errors) == ["file", "title"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name,content,is_taken",
    [
        ("plan.pdf", PDF, True),
        ("plan.PDF", PDF, True),
        ("plan.txt", "Tekst på dansk".encode(), True),
        ("plan.pdf", b"MZ\x90\x00", False),
        ("plan.exe", b"MZ\x90\x00", False),
        ("plan.html", b"<html></html>", False),
        ("plan.txt", b"<script>alert(1)</script>", False),
        ("plan.docx", PDF, False),
        ("plan.pdf", b"", False),
    ],
)
def test_document_is_what_its_name_says(name, content, is_taken):
    course = course_page().course
    form_class = get_document_form(get_document_model())
    editor = editor_of(course)
    actions.sync_groups(person=editor)

    form = form_class({"title": "Plan", "tags": ""}, {"file": SimpleUploadedFile(name, content)}, user=editor)

    assert issubclass(form_class, GuardedDocumentForm)
    assert form.is_valid() is is_taken
