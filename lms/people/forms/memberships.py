from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.formats.text import clean_line
from lms.people.forms.fields import LineField
from lms.people.forms.guarded import GuardedFormMixin
from lms.people.models import Membership, Organisation, Role, User
from lms.people.rules import can_give, roles_to_give

# Nobody plans a job further ahead than this, and a year typed wrongly shows.
LONGEST_AHEAD = timedelta(days=730)


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _not_past(day: date, today: date) -> date:
    if day < today:
        raise forms.ValidationError(_("The date is past."))
    if day > today + LONGEST_AHEAD:
        raise forms.ValidationError(_("The date is more than two years ahead."))
    return day


class OrganisationSearchForm(forms.Form):
    q = forms.CharField(label=_("Organisation"), max_length=120, required=False)

    def clean_q(self):
        return clean_line(self.cleaned_data["q"])


class NewMemberForm(GuardedFormMixin, forms.Form):
    """Somebody by name and e-mail, with a role that the one who writes may give."""

    unasked = frozenset({"name"})

    email = forms.EmailField(
        label=_("Work e-mail"), max_length=254, help_text=_("The work address. The invitation is bound to it.")
    )
    name = LineField(
        label=_("Name"), max_length=120, help_text=_("For the invitation. People who have an account keep their name.")
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    start_date = DayField(label=_("From which day?"))

    def __init__(self, *args, by: User, organisation: Organisation | None, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["start_date"] = today
        self.by, self.organisation, self.today = by, organisation, today
        self.fields["role"].choices = [
            (role.value, role.label.capitalize()) for role in roles_to_give(by, organisation)
        ]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("Write the name with letters."))
        return name

    def clean_start_date(self):
        return _not_past(self.cleaned_data["start_date"], self.today)

    def clean(self):
        cleaned = super().clean()
        email, role = cleaned.get("email"), cleaned.get("role")
        if email and role and not can_give(self.by, role, organisation=self.organisation, to_email=email):
            self.add_error("email", _("Nobody gives a role to themselves. Ask somebody else who may."))
        return cleaned


class UnderstoodMixin(forms.Form):
    """A tick that is asked for only where an organisation would be left without anybody in charge."""

    understood = forms.BooleanField(
        label=_("I have read the warning"),
        error_messages={"required": _("Read the warning, and tick that you have.")},
    )

    def __init__(self, *args, leaves_nobody: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not leaves_nobody:
            del self.fields["understood"]


class EndMembershipForm(GuardedFormMixin, UnderstoodMixin, forms.Form):
    """The first day without the role."""

    first_day_without = DayField(label=_("From which day does the person no longer belong here?"))
    field_order = ("first_day_without", "understood")

    def __init__(self, *args, membership: Membership, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["first_day_without"] = today
        self.membership, self.today = membership, today

    def clean_first_day_without(self):
        day = _not_past(self.cleaned_data["first_day_without"], self.today)
        end = self.membership.end_date
        if end and day > end:
            raise forms.ValidationError(_("It ends before that already."))
        return day

    @property
    def end_date(self) -> date:
        return self.cleaned_data["first_day_without"] - timedelta(days=1)


class JobForm(GuardedFormMixin, UnderstoodMixin, forms.Form):
    """Where somebody goes, and as what."""

    organisation = forms.ModelChoiceField(label=_("New organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Role there"))
    start_date = DayField(label=_("First day in the new job"))
    field_order = ("organisation", "role", "start_date", "understood")

    def __init__(self, *args, by: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["start_date"] = today
        self.by, self.today = by, today
        self.fields["organisation"].queryset = Organisation.objects.order_by("name")
        self.fields["role"].choices = [
            (role.value, role.label.capitalize()) for role in Role if role != Role.ADMINISTRATOR
        ]

    def clean_start_date(self):
        return _not_past(self.cleaned_data["start_date"], self.today)

    def clean(self):
        cleaned = super().clean()
        organisation, role = cleaned.get("organisation"), cleaned.get("role")
        if organisation and role and role not in roles_to_give(self.by, organisation):
            self.add_error("role", _("There is no such role at an organisation of this kind."))
        return cleaned
