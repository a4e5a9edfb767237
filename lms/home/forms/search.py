from django import forms
from django.utils.translation import gettext_lazy as _

from lms.formats.text import clean_line


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=200, required=False)

    def clean_q(self):
        return clean_line(self.cleaned_data["q"])
