from django import forms

from lms.people.forms import GuardedFormMixin


class NewAddressForm(GuardedFormMixin, forms.Form):
    # The number of the address on the page: a second click does not retire the new one.
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
