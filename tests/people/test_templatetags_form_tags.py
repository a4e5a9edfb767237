import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template.loader import render_to_string

from lms.people.templatetags import form_tags


class Example(forms.Form):
    title = forms.CharField(help_text="Short.", widget=forms.TextInput(attrs={"placeholder": "Title"}))
    text = forms.CharField(widget=forms.Textarea, required=False)
    age = forms.ChoiceField(choices=[("20", "20s")])
    who = forms.ChoiceField(widget=forms.RadioSelect, choices=[("group", "Group"), ("all", "All")])
    themes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=[("hope", "Hope")])
    agreed = forms.BooleanField()

    def clean(self):
        raise forms.ValidationError("Something as a whole.")


@pytest.fixture
def form():
    return Example()


@pytest.fixture
def failed_form():
    return Example({})


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("title", "form-input"),
        ("text", "form-input"),
        ("age", "form-select"),
        ("who", "form-radio"),
        ("themes", "form-checkbox"),
        ("agreed", "form-checkbox"),
    ],
)
def test_every_kind_of_control_has_its_class(form, name, css):
    assert form_tags.css_class(form.fields[name].widget) == css


def test_styled_control_has_class_and_no_placeholder(form):
    control = BeautifulSoup(form_tags.styled(form["title"]), "html.parser").input

    assert control["class"] == ["form-input"]
    assert control.has_attr("placeholder") is False


def test_options_are_single_buttons_with_labels(form):
    options = form_tags.options(form["who"])

    assert [(option["id"], option["label"]) for option in options] == [("id_who_0", "Group"), ("id_who_1", "All")]
    assert BeautifulSoup(options[0]["tag"], "html.parser").input["class"] == ["form-radio"]


def test_options_of_a_failed_field_are_marked(failed_form):
    option = form_tags.options(failed_form["who"])[0]

    assert BeautifulSoup(option["tag"], "html.parser").input["aria-invalid"] == "true"


def test_summary_reaches_choices_at_the_first_one(form):
    assert form_tags.target(form["who"]) == "id_who_0"
    assert form_tags.target(form["title"]) == "id_title"


def test_field_shows_label_hint_error_and_control_in_that_order(failed_form):
    html = render_to_string("components/field.html", {"field": failed_form["title"]})

    group = BeautifulSoup(html, "html.parser").div
    assert [child.name for child in group.find_all(recursive=False)] == ["label", "span", "span", "input"]
    assert group.input["aria-describedby"] == "id_title_helptext id_title_error"
    assert [span["id"] for span in group.find_all("span", recursive=False)] == ["id_title_helptext", "id_title_error"]


def test_checkboxes_and_radio_buttons_stand_in_a_fieldset(form):
    html = render_to_string("components/fields.html", {"form": form})

    page = BeautifulSoup(html, "html.parser")
    assert len(page.find_all("fieldset")) == 2
    assert len(page.find_all(class_="form-group-radio")) == 2
    assert len(page.find_all(class_="form-group-checkbox")) == 2


def test_whole_form_begins_with_a_summary_of_its_errors(failed_form):
    page = BeautifulSoup(str(failed_form), "html.parser")

    summary = page.find(class_="error-summary")
    assert [link["href"] for link in summary.find_all("a")] == [
        "#id_title",
        "#id_age",
        "#id_who_0",
        "#id_themes_0",
        "#id_agreed",
    ]
    assert summary.find(class_="error-summary__whole").text == "Something as a whole."


def test_form_without_errors_has_no_summary(form):
    page = BeautifulSoup(str(form), "html.parser")

    assert page.find(class_="error-summary") is None
