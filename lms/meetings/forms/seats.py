from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField


class RefusalForm(GuardedFormMixin, forms.Form):
    reason = LineField(
        label=_("Why not?"),
        help_text=_("The person who applied sees your words. Write nothing about citizens."),
        max_length=200,
    )
