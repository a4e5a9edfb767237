from datetime import datetime

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import SeatReservation
from lms.people.forms import GuardedFormMixin
from lms.people.models import Organisation

MOST = 200


class ReservationForm(GuardedFormMixin, forms.Form):
    """So many seats for a municipality, to be named by a day."""

    municipality = forms.ChoiceField(label=_("Municipality"))
    seats = forms.IntegerField(
        label=_("Seats without a name"),
        help_text=_("In all: fewer than before gives the others back."),
        min_value=1,
        max_value=MOST,
    )
    name_by_date = forms.DateField(
        label=_("Name them by"),
        help_text=_("Seats without a name after that day go to those who wait."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, municipalities: list[Organisation], now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self.organisations = now, {str(row.pk): row for row in municipalities}
        self.fields["municipality"].choices = [(pk, row.name) for pk, row in self.organisations.items()]
        if len(municipalities) == 1:
            self.fields["municipality"].initial = municipalities[0].pk

    def clean_municipality(self):
        return self.organisations[self.cleaned_data["municipality"]]

    def clean_name_by_date(self):
        day = self.cleaned_data["name_by_date"]
        if day < localdate(self.now):
            raise forms.ValidationError(_("The date is past."))
        return day


class GiveBackForm(forms.Form):
    seats = forms.TypedChoiceField(label=_("How many do you give back?"), coerce=int)
    # How many there were on the page: a second click gives nothing more back.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, reservation: SeatReservation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seats"].choices = [(n, str(n)) for n in range(1, reservation.seats + 1)]
        self.fields["seats"].initial = self.fields["seen"].initial = reservation.seats
