from django import forms
from django.utils.translation import gettext_lazy as _

from lms.formats.text import clean_line
from lms.people.forms import GuardedFormMixin


class CancelCohortForm(GuardedFormMixin, forms.Form):
    reason = forms.CharField(
        label=_("Why is the cohort cancelled?"),
        help_text=_("Everybody who gets the e-mail reads it. Write nothing about citizens."),
        max_length=200,
        error_messages={"required": _("Write a word about why.")},
    )

    def clean_reason(self):
        reason = clean_line(self.cleaned_data["reason"])
        if not reason:  # nothing but control characters
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return reason
