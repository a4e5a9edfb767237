from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField

NOBODY_CAN = _("Nobody in the group has said yes to that date. Tick below if you mean it all the same.")


class ChosenDateForm(GuardedFormMixin, forms.Form):
    """One of the dates of a poll, and what the day is called in people's calendars."""

    unasked = frozenset({"place"})

    option = forms.TypedChoiceField(label=_("Date"), coerce=int, widget=forms.RadioSelect)
    title = LineField(
        label=_("Theme of the day"),
        max_length=160,
        help_text=_("It stands in calendars that people share: never a case, never a person."),
    )
    place = LineField(label=_("Place"), max_length=120, required=False)
    is_meant = forms.BooleanField(label=_("Choose the date although nobody can come"), required=False)

    def __init__(self, *args, options: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = options
