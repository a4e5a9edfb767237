from django import forms
from django.utils.translation import gettext_lazy as _

from lms.meetings.methods.reminders import PLACEHOLDERS, Words, is_before, unknown_placeholders
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField, LongField

LONGEST_TEXT = 2000


class ReminderForm(GuardedFormMixin, forms.Form):
    """The words of one reminder. After a day nobody is left to answer."""

    subject = LineField(label=_("Subject"), max_length=120)
    text = LongField(label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    is_on = forms.BooleanField(label=_("Send this reminder"), required=False)
    only_unanswered = forms.BooleanField(label=_("Only to those who have not answered"), required=False)

    def __init__(self, *args, moment: str, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_before(moment):
            del self.fields["only_unanswered"]

    def clean_subject(self):
        return _known_only(self.cleaned_data["subject"])

    def clean_text(self):
        return _known_only(self.cleaned_data["text"])

    def words(self) -> Words:
        return Words(**self.cleaned_data)


def _known_only(text: str) -> str:
    if unknown := unknown_placeholders(text):
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        message = _("We do not know what to put for %(unknown)s. You can use %(known)s.")
        raise forms.ValidationError(message, code="placeholder", params={"unknown": unknown[0], "known": known})
    return text
