from django import forms
from django.utils.translation import gettext_lazy as _

from lms.formats.text import clean_line
from lms.people.forms.guarded import GuardedFormMixin
from lms.people.models import User


class AccountForm(GuardedFormMixin, forms.ModelForm):
    """What a person may change about themselves. Address, role and municipality are not among it."""

    unasked = frozenset({"name", "title", "phone"})

    class Meta:
        model = User
        fields = ("name", "title", "phone", "language")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }

    def clean_name(self):
        name = clean_line(self.cleaned_data["name"])
        if not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("Write your name with letters."))
        return name

    def clean_title(self):
        return clean_line(self.cleaned_data["title"])

    def clean_phone(self):
        return clean_line(self.cleaned_data["phone"])
