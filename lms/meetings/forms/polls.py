from datetime import date, datetime, time

from django import forms
from django.forms.utils import from_current_timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import DatePollAnswer
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField

MOST, FEWEST = 10, 2
NUMBERS = range(1, MOST + 1)


class DatesForm(GuardedFormMixin, forms.Form):
    """Two to ten times a group is asked about."""

    title = LineField(label=_("What is the meeting about?"), max_length=160)
    closes = forms.DateField(
        label=_("Answers until and including"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        for number in NUMBERS:
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )
            for name, label, clock in (("starts", _("Starts at"), "09:00"), ("ends", _("Ends at"), "15:00")):
                widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
                self.fields[f"{name}_{number}"] = forms.TimeField(
                    label=label, required=False, widget=widget, initial=clock
                )

    def rows(self) -> list[dict]:
        """The fields as the page groups them, one date each."""
        return [
            {"number": number, "fields": [self[f"{name}_{number}"] for name in ("day", "starts", "ends")]}
            for number in NUMBERS
        ]

    def clean(self):
        cleaned = super().clean()
        slots = [slot for number in NUMBERS if (slot := self._slot(number))]
        cleaned["slots"] = sorted(slots)
        if not any(name.startswith(("day_", "starts_", "ends_")) for name in self.errors):
            self._check_slots(slots)
        return cleaned

    def _check_slots(self, slots: list) -> None:
        if len(slots) < FEWEST:
            self.add_error("day_1", _("Give at least two dates to choose from."))
        elif len(dict(slots)) != len(slots):
            self.add_error("day_1", _("The same time stands there twice."))
        if slots and (closes := self.cleaned_data.get("closes")):
            self._check_closing(closes, min(slots)[0])

    def _check_closing(self, closes: date, first: datetime) -> None:
        if closes < localdate(self.now):
            self.add_error("closes", _("The closing date is past."))
        elif self.closes_at() > first:
            self.add_error("closes", _("Close the poll before the first of the dates."))

    def closes_at(self) -> datetime:
        """The last minute of the last day for answers."""
        return from_current_timezone(datetime.combine(self.cleaned_data["closes"], time(23, 59)))

    def _slot(self, number: int) -> tuple[datetime, datetime] | None:
        """A date with its hours; a row without a date is not meant."""
        day = self.cleaned_data.get(f"day_{number}")
        starts, ends = self._clock(number, "starts"), self._clock(number, "ends")
        if day is None or starts is None or ends is None:
            return None
        if ends <= starts:
            self.add_error(f"ends_{number}", _("The day must end after it starts."))
            return None
        return self._moments(number, day, starts, ends)

    def _clock(self, number: int, name: str) -> time | None:
        clock = self.cleaned_data.get(f"{name}_{number}")
        if clock is None and self.cleaned_data.get(f"day_{number}") and f"{name}_{number}" not in self.errors:
            self.add_error(f"{name}_{number}", _("A time of day is missing."))
        return clock

    def _moments(self, number: int, day: date, starts: time, ends: time) -> tuple[datetime, datetime] | None:
        try:
            slot = tuple(from_current_timezone(datetime.combine(day, clock)) for clock in (starts, ends))
        except forms.ValidationError:
            self.add_error(f"starts_{number}", _("The clocks change at that hour. Choose another time."))
            return None
        if slot[0] <= self.now:
            self.add_error(f"day_{number}", _("The date is past."))
            return None
        return slot[0], slot[1]


class PollAnswersForm(GuardedFormMixin, forms.Form):
    """Yes, if need be or no, for each of the dates."""

    def __init__(self, *args, options: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {f"option-{option.pk}": option.pk for option in options}
        for name in self.names:
            self.fields[name] = forms.ChoiceField(
                choices=DatePollAnswer.Answer.choices, error_messages={"required": _("Answer for each date.")}
            )

    def answers(self) -> dict[int, str]:
        return {pk: self.cleaned_data[name] for name, pk in self.names.items()}
