from django import forms
from django.utils.translation import gettext_lazy as _

from lms.formats.text import clean_line
from lms.people.forms import GuardedFormMixin


class InsteadForm(GuardedFormMixin, forms.Form):
    """One of the days that are offered."""

    instead = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args, days: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instead"].choices = [(other.meeting.pk, other.meeting.title) for other in days]


class MakeUpAnswerForm(GuardedFormMixin, forms.Form):
    """Yes, or no with a word why."""

    decision = forms.ChoiceField(choices=[("agree", _("Agree")), ("refuse", _("Refuse"))])
    reason = forms.CharField(label=_("Why not?"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        cleaned["reason"] = clean_line(cleaned.get("reason", ""))
        if cleaned.get("decision") == "refuse" and not cleaned["reason"] and "reason" not in self.errors:
            self.add_error("reason", _("Say why, so that the kursist can choose better."))
        return cleaned
