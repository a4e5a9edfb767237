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

    def clean_email(self):
        email = self.cleaned_data["email"]
        self.person = self.people.with_address(email).first()
        if self.person is None:
            raise forms.ValidationError(_("There is nobody else here with that address."))
        return email
