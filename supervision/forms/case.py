import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField, LongField
from supervision.models import Case

LONGEST_ANSWER = 4000


def prompt(label, hint, rows) -> LongField:
    return LongField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class CaseForm(GuardedFormMixin, forms.Form):
    """The prompts of a case. A draft needs a name only; what is brought to the group needs its question and a yes."""

    is_confidential = True

    title = LineField(
        label=_("What you call the case"),
        help_text=_("A few neutral words, such as »She says yes to everything«. Only your group sees them."),
        max_length=120,
    )
    setting = prompt(
        _("The setting"),
        _("Age as a decade (»in the 30s«), line of work instead of employer. No names, no places, no diagnosis codes."),
        rows=3,
    )
    situation = prompt(_("The situation"), _("What happens? Three or four sentences are enough."), rows=6)
    tried = prompt(_("This I have tried"), _("Also what did not work. That is what the group can use."), rows=4)
    effect_on_me = prompt(_("What it does to me"), _("About you: what you feel, think and do."), rows=3)
    focus_question = LineField(
        label=_("Focus question"),
        help_text=_("The one question the group shall help you with. It often begins with »How can I …«."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_anonymous = forms.BooleanField(
        label=_("I have read it through, and nobody can be recognised"),
        help_text=_("Before you bring it: could somebody who lives in the citizen's town tell who it is about?"),
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args, is_for_group: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_for_group = is_for_group

    def clean(self):
        cleaned = super().clean()
        if self.is_for_group:
            self._require("focus_question", _("Write the question you want the group's help with."))
            self._require("is_anonymous", _("Read the case through once more before the group gets it."))
        return cleaned

    @property
    def texts(self) -> dict:
        return {name: self.cleaned_data[name] for name in Case.TEXT_FIELDS}

    def show_stored(self, case: Case) -> None:
        """After a conflict: what the person typed stays, and sending it again replaces ``case`` knowingly."""
        self.data = {name: self.data.get(name) for name in self.data} | {"version": case.version}

    def _require(self, name, message):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)
