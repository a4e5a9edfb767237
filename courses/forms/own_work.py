from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Reflection, Trial
from lms.formats.text import clean_line, clean_text
from lms.people.forms import GuardedFormMixin

NO_CITIZENS = _("Write nothing a citizen can be recognised by: no name, no number, no place.")


class ReflectionForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Reflection
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {"text": NO_CITIZENS}

    def clean_text(self):
        return clean_text(self.cleaned_data["text"])


class TrialForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Trial
        fields = ["intention", "due_date"]
        widgets = {
            "intention": forms.Textarea(attrs={"rows": 2}),
            "due_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"intention": NO_CITIZENS}

    def clean_intention(self):
        return clean_line(self.cleaned_data["intention"])


class TrialStoryForm(GuardedFormMixin, forms.ModelForm):
    what_happened = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 8}))

    class Meta:
        model = Trial
        fields = ["what_happened"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what_happened"].help_text = NO_CITIZENS

    def clean_what_happened(self):
        return clean_text(self.cleaned_data["what_happened"])


class PreparationForm(forms.Form):
    """Ticks by the tasks of a day's page; ids the page does not have are dropped."""

    done = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, tasks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done"].choices = [(task["id"], task["text"]) for task in tasks]
