from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField
from supervision.models import NextStep

ONE_LINE = 300


class LearningForm(GuardedFormMixin, forms.Form):
    is_confidential = True

    text = LineField(
        label=_("What can others use from this?"),
        help_text=_("In general words and without the case: no citizen, no employer, no place."),
        max_length=ONE_LINE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, people: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        if people:
            self.fields["focus_person"] = forms.TypedChoiceField(
                label=_("Whose case was it?"),
                help_text=_("The learning is kept when the focus person has approved it."),
                choices=people,
                coerce=int,
            )


class NextStepForm(GuardedFormMixin, forms.Form):
    is_confidential = True

    text = LineField(
        label=_("What will you try?"),
        help_text=_("One small thing you can do yourself. No names and no places."),
        max_length=ONE_LINE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_date = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self):
        due_date = self.cleaned_data["due_date"]
        if due_date and due_date < self.today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return due_date


class TellForm(GuardedFormMixin, forms.Form):
    is_confidential = True

    status = forms.ChoiceField(
        label=_("How far did you get?"),
        choices=[(NextStep.Status.TRIED, _("I tried it")), (NextStep.Status.DROPPED, _("I let it go"))],
        widget=forms.RadioSelect,
    )
    follow_up = LineField(
        label=_("What came of it?"),
        help_text=_("One line. It may well be that it did not work. No names and no places."),
        required=False,
        max_length=ONE_LINE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
