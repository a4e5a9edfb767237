from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.forms.guarded import GuardedFormMixin
from lms.people.models import User


class ResetFactorsForm(GuardedFormMixin, forms.Form):
    """Whom an administrator helps."""

    email = forms.EmailField(label=_("The person’s work e-mail"), max_length=254)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.person: User

    def clean(self):
        """After the guard: what it refuses is not looked up."""
        cleaned = super().clean()
        if "email" in cleaned:
            self._look_up(cleaned["email"])
        return cleaned

    def _look_up(self, email):
        if person := self.people.with_address(email).first():
            self.person = person
        else:
            self.add_error("email", _("There is nobody else here with that address."))
