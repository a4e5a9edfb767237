"""Days by a rhythm: first it proposes dates, then they are corrected and made."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from lms.meetings.methods.planning import HourIsDoubled, HourIsMissing, moment, name_of_day_off, propose
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField, LongField

WHERE = ("place", "room", "address", "online_link", "notes")
RHYTHM = ("first", "starts", "ends", "weeks")
DATE = _("Date")
# A year that somebody mistyped is no plan.
FURTHEST = timedelta(days=5 * 365)


class DaysForm(GuardedFormMixin, forms.Form):
    """Several days at one place. ``days`` are the rows, each with a number; ``proposing`` says which button it was."""

    place = LineField(label=_("Place"), max_length=120, required=False)
    room = LineField(label=_("Room"), max_length=80, required=False)
    address = LineField(label=_("Address"), max_length=200, required=False)
    online_link = forms.URLField(label=_("Online link"), max_length=200, required=False, assume_scheme="https")
    notes = LongField(
        label=_("Notes for the kursister"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    weeks = forms.IntegerField(label=_("Weeks between the days"), min_value=1, max_value=26, initial=2)

    # Where a day is held is an address, and meant to be.
    unasked = frozenset({"place", "room", "address"})

    # What only the second button asks for, beside the dates.
    asked_last: frozenset[str] = frozenset()

    def __init__(self, *args, days: list[dict], now: datetime, proposing=False, **more):
        super().__init__(*args, **more)
        self.days, self.now, self.proposing = days, now, proposing
        self._add_day("first", "starts", "ends", label=_("First day"))
        for day in days:
            self._add_day(*names_of(day))

    def _add_day(self, day: str, starts: str, ends: str, label=DATE) -> None:
        date_widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields[day] = forms.DateField(label=label, widget=date_widget)
        for name, words, clock in ((starts, _("Starts at"), "09:00"), (ends, _("Ends at"), "15:00")):
            widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            self.fields[name] = forms.TimeField(label=words, widget=widget, initial=clock)

    def rhythm(self) -> list:
        return [self[name] for name in RHYTHM]

    def rows(self) -> list[dict]:
        """Each day with its fields."""
        return [{**day, "fields": [self[name] for name in names_of(day)]} for day in self.days]

    @property
    def has_dates(self) -> bool:
        return any(f"day_{day['number']}" in self.data for day in self.days)

    def clean_first(self):
        return self._in_reach(self.cleaned_data["first"])

    def clean(self):
        cleaned = super().clean()
        self._forgive()
        if not self.proposing:
            self._check_days()
        return cleaned

    def proposed(self) -> tuple[dict, list[tuple[date, str]]]:
        """What the rhythm says of each day, as it would be typed; and the days off passed over."""
        cleaned = self.cleaned_data
        dates, passed_over = propose(cleaned["first"], count=len(self.days), weeks=cleaned["weeks"])
        typed: dict[str, str] = {}
        for day, found in zip(self.days, dates, strict=True):
            values = (found.isoformat(), f"{cleaned['starts']:%H:%M}", f"{cleaned['ends']:%H:%M}")
            typed |= dict(zip(names_of(day), values, strict=True))
        return typed, [(holiday, name_of_day_off(holiday)) for holiday in passed_over]

    def can_propose(self) -> bool:
        return self.is_bound and not any(name in self.errors for name in RHYTHM)

    def where(self, _day: dict) -> dict[str, str]:
        """Place and notes of one of the days: the same for all of them."""
        return {name: self.cleaned_data.get(name, "") for name in WHERE}

    def _forgive(self) -> None:
        """What the other button needs may be empty still."""
        dates = {name for day in self.days for name in names_of(day)}
        for name in self.asked_last | dates if self.proposing else RHYTHM:
            if self.has_error(name, "required"):
                del self.errors[name]

    def _check_days(self) -> None:
        slots = [slot for day in self.days if (slot := self._slot(day))]
        self.cleaned_data["slots"] = slots
        in_order = sorted(slots, key=lambda slot: slot["starts_at"])
        for earlier, later in pairwise(in_order):
            if later["starts_at"] < earlier["ends_at"]:
                self.add_error(f"day_{later['number']}", _("Another of the days is at the same time."))

    def _slot(self, day: dict) -> dict | None:
        names = names_of(day)
        on, starts, ends = (self.cleaned_data.get(name) for name in names)
        if on is None or starts is None or ends is None or not self._reaches(names[0], on):
            return None
        if ends <= starts:
            self.add_error(names[2], _("The day must end after it starts."))
            return None
        starts_at, ends_at = self._moment(names[1], on, starts), self._moment(names[2], on, ends)
        if starts_at is None or ends_at is None:
            return None
        return {"number": day["number"], "starts_at": starts_at, "ends_at": ends_at, **self.where(day)}

    def _moment(self, name: str, on: date, clock: time) -> datetime | None:
        try:
            return moment(on, clock, get_current_timezone())
        except HourIsMissing:
            self.add_error(
                name, _("The clocks are put forward over that hour, so it does not exist. Choose another time.")
            )
        except HourIsDoubled:
            self.add_error(name, _("The clocks are put back over that hour, so it comes twice. Choose another time."))
        return None

    def _reaches(self, name: str, on: date) -> bool:
        try:
            self._in_reach(on)
        except forms.ValidationError as error:
            self.add_error(name, error)
            return False
        return True

    def _in_reach(self, on: date) -> date:
        today = localdate(self.now)
        if on < today:
            raise forms.ValidationError(_("The date is past."))
        if on > today + FURTHEST:
            raise forms.ValidationError(_("The date is more than five years away."))
        return on


def names_of(day: dict) -> tuple[str, str, str]:
    number = day["number"]
    return f"day_{number}", f"starts_{number}", f"ends_{number}"


def with_typed(data, typed: dict[str, str]):
    """All that was typed, with the proposed dates in place of earlier ones."""
    data = data.copy()
    for name, value in typed.items():
        data[name] = value
    return data
