from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.forms import GuardedFormMixin


class CheckInForm(GuardedFormMixin, forms.Form):
    """»I am here«: with a ticket from the QR code, or with the four digits that were said aloud."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    ticket = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    # Milliseconds, as the phone's clock counts them; a page that kept the mark fills it in.
    noted_at = forms.IntegerField(required=False, min_value=0, max_value=10**13, widget=forms.HiddenInput)
    code = forms.RegexField(
        r"^\d{4}$",
        label=_("The four digits on the screen"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}),
        error_messages={
            "invalid": _("The code has four digits."),
            "required": _("Write the four digits on the screen."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = not self["ticket"].value()

    def noted(self, now: datetime) -> datetime:
        stamp = self.cleaned_data["noted_at"]
        return min(now, datetime.fromtimestamp(stamp / 1000, UTC)) if stamp else now
