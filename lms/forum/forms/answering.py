from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lms.forum.forms.fields import FormKeyField, LineField, TextField
from lms.forum.models import Tried
from lms.people.forms import GuardedFormMixin

SISTER_TEST = _(
    "Do not write names, places or anything else a citizen can be recognised by. "
    "Take the sister test: Would the citizen's sister know the story?"
)


def outcomes():
    return [(value, capfirst(label)) for value, label in Tried.Outcome.choices]


class ReplyForm(GuardedFormMixin, forms.Form):
    body = TextField(
        label=_("Your reply"), help_text=SISTER_TEST, rows=4, error_messages={"required": _("Write a reply.")}
    )
    form_key = FormKeyField()


class TriedForm(GuardedFormMixin, forms.Form):
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=outcomes,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it went.")},
    )
    remark = LineField(
        label=_("In one line"),
        required=False,
        max_length=300,
        help_text=_("What worked, what you changed, or why you stopped."),
    )


class ReportForm(GuardedFormMixin, forms.Form):
    reason = LineField(
        label=_("What is wrong?"),
        max_length=300,
        help_text=_("For instance: »The citizen can be recognised by the workplace.« Do not repeat the details."),
        error_messages={"required": _("Write in a few words what is wrong.")},
    )
