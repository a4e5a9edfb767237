from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Material


class LibraryForm(forms.Form):
    """The filters of the library: a GET form, so that a choice has an address."""

    day = forms.TypedChoiceField(label=_("Day"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("All types")), *Material.Kind.choices])

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [("", _("All days")), *((number, number) for number in days)]

    def chosen(self) -> dict:
        """What was chosen; a choice that does not exist counts as none."""
        self.is_valid()
        return {"day": self.cleaned_data.get("day"), "kind": self.cleaned_data.get("kind", "")}
