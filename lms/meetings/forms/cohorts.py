from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import Cohort
from lms.meetings.models.cohort import SETTINGS
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField

STATES = {
    Cohort.State.DRAFT: _("In preparation: nobody can apply yet"),
    Cohort.State.OPEN: _("Open: seats that come free are offered to those who wait"),
    Cohort.State.CLOSED: _("Closed: no new names, and no offers"),
}


class CohortForm(GuardedFormMixin, forms.Form):
    """The settings of a cohort, as its coordinator changes them."""

    name = LineField(
        label=_("Name of the cohort"),
        max_length=80,
        validators=[RegexValidator(r"\w", _("A name needs letters."))],
    )
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=999)
    state = forms.ChoiceField(label=_("Enrolment"), choices=list(STATES.items()), widget=forms.RadioSelect)
    needs_approval = forms.BooleanField(label=_("Applications need the local manager's yes"), required=False)
    offer_hours = forms.IntegerField(
        label=_("Hours to answer an offer"),
        help_text=_("So long is a seat held for somebody on the waiting list. 72 hours are three days."),
        min_value=1,
        max_value=999,
    )
    # What the person saw: two coordinators who change it each hear of the other.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, cohort: Cohort, **kwargs):
        initial = {name: getattr(cohort, name) for name in SETTINGS}
        super().__init__(*args, **kwargs | {"initial": initial | {"seen": cohort.edition}})

    def refuse_name(self) -> None:
        self.add_error("name", _("The course has a cohort with that name already."))

    def refuse_capacity(self, held: int) -> None:
        words = _("%(held)d seats are taken, offered or reserved. There cannot be fewer.")
        self.add_error("capacity", words % {"held": held})

    def differing(self, cohort: Cohort) -> list[tuple[str, str]]:
        """What stands now where something else was typed, by its label and in words."""
        names = [name for name in SETTINGS if self.cleaned_data.get(name) != getattr(cohort, name)]
        return [(str(self.fields[name].label), _in_words(cohort, name)) for name in names]


def _in_words(cohort: Cohort, name: str) -> str:
    value = getattr(cohort, name)
    if name == "state":
        return str(STATES[value])
    return str((_("no"), _("yes"))[value] if isinstance(value, bool) else value)


class CancelCohortForm(GuardedFormMixin, forms.Form):
    reason = LineField(
        label=_("Why is the cohort cancelled?"),
        help_text=_("Everybody who gets the e-mail reads it. Write nothing about citizens."),
        max_length=200,
        error_messages={"required": _("Write a word about why.")},
    )
