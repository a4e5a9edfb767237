from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.forms.guarded import GuardedFormMixin


class ResetFactorsForm(GuardedFormMixin, forms.Form):
    """Whom an administrator helps."""

    email = forms.EmailField(label=_("The person’s work e-mail"), max_length=254)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.person = None

    def clean(self):
        """After the guard: what it refuses is not looked up."""
        cleaned = super().clean()
        if "email" in cleaned:
            self.person = self.people.with_address(cleaned["email"]).first()
            if self.person is None:
                self.add_error("email", _("There is nobody else here with that address."))
        return cleaned
