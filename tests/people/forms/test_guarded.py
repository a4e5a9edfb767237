import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.people.forms import CPR_MESSAGE, GuardedFormMixin, guard_text

CPR = "010190-1234"


class SomeForm(GuardedFormMixin, forms.Form):
    title = forms.CharField(required=False)
    themes = forms.MultipleChoiceField(required=False, choices=[("a", "a"), (CPR, CPR)])
    facts = forms.JSONField(required=False)
    file = forms.FileField(required=False)
    number = forms.IntegerField(required=False)
    password = forms.CharField(required=False)
    code = forms.CharField(required=False)


class StrictForm(SomeForm):
    def clean(self):
        super().clean()
        raise ValidationError("and something else")


def errors(**data):
    files = {"file": data.pop("file")} if "file" in data else None
    form = SomeForm(data, files)
    return {name: list(messages) for name, messages in form.errors.items()}


@pytest.mark.parametrize(
    "data",
    [
        {"title": f"Samtale med {CPR} i dag"},
        {"title": "010190 1234"},
        {"title": "0101901234 er hendes CPR-nummer"},
        {"themes": [CPR]},
        {"facts": '{"a": ["b", {"c": "' + CPR + '"}]}'},
        {"file": SimpleUploadedFile(f"{CPR}.pdf", b"x")},
    ],
)
def test_cpr_number_is_refused_by_its_own_field(data):
    (field,) = data

    assert errors(**data) == {field: [str(CPR_MESSAGE)]}


@pytest.mark.parametrize("data", [{}, {"title": "En samtale"}, {"number": "42"}])
def test_other_text_passes(data):
    assert errors(**data) == {}


def test_each_field_is_named_and_once():
    assert errors(title=f"{CPR} {CPR}", facts=f'["{CPR}", "{CPR}"]') == {
        "title": [str(CPR_MESSAGE)],
        "facts": [str(CPR_MESSAGE)],
    }


@pytest.mark.parametrize("field", ["password", "code"])
def test_secrets_are_no_text_for_others(field):
    assert errors(**{field: CPR}) == {}


def test_what_is_refused_is_not_in_the_cleaned_data():
    form = SomeForm({"title": CPR, "number": "1"})
    form.is_valid()

    assert (form.cleaned_data.get("title"), form.cleaned_data["number"]) == (None, 1)


def test_a_form_s_own_complaints_stand_beside_the_guard_s():
    form = StrictForm({"title": CPR})

    assert sorted(form.errors) == ["__all__", "title"]


def test_guard_text_says_why():
    with pytest.raises(ValidationError) as refused:
        guard_text(CPR)

    assert (refused.value.code, refused.value.messages) == ("cpr", [str(CPR_MESSAGE)])
    assert CPR not in str(refused.value)
