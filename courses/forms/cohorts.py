from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django import forms
from django.core.validators import RegexValidator
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from lms.formats.text import clean_line, clean_text
from lms.meetings.methods.planning import HourIsDoubled, HourIsMissing, moment, name_of_holiday, propose
from lms.meetings.models import Cohort
from lms.people.forms import GuardedFormMixin
from lms.programme.models import Course

LINES = ("name", "place", "room", "address")
WHERE = ("place", "room", "address", "online_link", "notes")
RHYTHM = ("first", "starts", "ends", "weeks")
DATE = _("Date")
# A year that somebody mistyped is no plan.
FURTHEST = timedelta(days=5 * 365)


class NewCohortForm(GuardedFormMixin, forms.Form):
    """A cohort and all its teaching days: first the rhythm proposes dates, then they are corrected and made."""

    unasked = frozenset({"place", "room", "address"})

    name = forms.CharField(
        label=_("Name of the cohort"),
        help_text=_("For instance »Vest«. The pages say »cohort« before it."),
        max_length=80,
        validators=[RegexValidator(r"\w", _("A name needs letters."))],
    )
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=999, initial=30)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    online_link = forms.URLField(label=_("Online link"), max_length=200, required=False, assume_scheme="https")
    notes = forms.CharField(
        label=_("Notes for the kursister"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    trainers = forms.MultipleChoiceField(label=_("Trainers"), required=False, widget=forms.CheckboxSelectMultiple)
    weeks = forms.IntegerField(label=_("Weeks between the days"), min_value=1, max_value=26, initial=2)

    def __init__(self, *args, course: Course, days: list[dict], trainers: list, now: datetime, proposing=False, **more):
        super().__init__(*args, **more)
        self.course, self.days, self.now, self.proposing = course, days, now, proposing
        self.people = {str(person.pk): person for person in trainers}
        self.fields["trainers"].choices = [(pk, person.name) for pk, person in self.people.items()]
        self._add_day("first", "starts", "ends", label=_("First day"))
        for day in days:
            self._add_day(*_names(day))

    def _add_day(self, day: str, starts: str, ends: str, label=DATE) -> None:
        date_widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields[day] = forms.DateField(label=label, widget=date_widget)
        for name, words, clock in ((starts, _("Starts at"), "09:00"), (ends, _("Ends at"), "15:00")):
            widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            self.fields[name] = forms.TimeField(label=words, widget=widget, initial=clock)

    def about(self) -> list:
        return [self[name] for name in ("name", "capacity", *WHERE, "trainers")]

    def rhythm(self) -> list:
        return [self[name] for name in RHYTHM]

    def rows(self) -> list[dict]:
        """Each teaching day with its three fields."""
        return [{**day, "fields": [self[name] for name in _names(day)]} for day in self.days]

    @property
    def has_dates(self) -> bool:
        return any(f"day_{day['number']}" in self.data for day in self.days)

    def clean_first(self):
        return self._in_reach(self.cleaned_data["first"])

    def clean_notes(self):
        return clean_text(self.cleaned_data["notes"])

    def clean_trainers(self):
        return [self.people[pk] for pk in self.cleaned_data["trainers"]]

    def clean(self):
        cleaned = super().clean()
        cleaned |= {name: clean_line(cleaned[name]) for name in LINES if name in cleaned}
        self._forgive()
        if not self.proposing:
            self._check_name(cleaned.get("name"))
            self._check_days()
        return cleaned

    def proposed(self) -> tuple[dict, list[tuple[date, str]]]:
        """What the rhythm says of each day, as it would be typed; and the public holidays passed over."""
        cleaned = self.cleaned_data
        dates, passed_over = propose(cleaned["first"], count=len(self.days), weeks=cleaned["weeks"])
        typed: dict[str, str] = {}
        for day, found in zip(self.days, dates, strict=True):
            values = (found.isoformat(), f"{cleaned['starts']:%H:%M}", f"{cleaned['ends']:%H:%M}")
            typed |= dict(zip(_names(day), values, strict=True))
        return typed, [(holiday, name_of_holiday(holiday)) for holiday in passed_over]

    def can_propose(self) -> bool:
        return self.is_bound and not any(name in self.errors for name in RHYTHM)

    def _forgive(self) -> None:
        """What the other button needs may be empty still."""
        dates = {name for day in self.days for name in _names(day)}
        for name in {"name", "capacity"} | dates if self.proposing else RHYTHM:
            if self.has_error(name, "required"):
                del self.errors[name]

    def _check_name(self, name: str | None) -> None:
        if name and Cohort.objects.filter(course=self.course, name=name).exists():
            self.refuse_name()

    def refuse_name(self) -> None:
        self.add_error("name", _("The course has a cohort with that name already."))

    def _check_days(self) -> None:
        slots = [slot for day in self.days if (slot := self._slot(day))]
        self.cleaned_data["slots"] = slots
        in_order = sorted(slots, key=lambda slot: slot["starts_at"])
        for earlier, later in pairwise(in_order):
            if later["starts_at"] < earlier["ends_at"]:
                self.add_error(f"day_{later['number']}", _("Another day of the cohort is at the same time."))

    def _slot(self, day: dict) -> dict | None:
        names = _names(day)
        on, starts, ends = (self.cleaned_data.get(name) for name in names)
        if on is None or starts is None or ends is None or not self._reaches(names[0], on):
            return None
        if ends <= starts:
            self.add_error(names[2], _("The day must end after it starts."))
            return None
        starts_at, ends_at = self._moment(names[1], on, starts), self._moment(names[2], on, ends)
        if starts_at is None or ends_at is None:
            return None
        where = {name: self.cleaned_data.get(name, "") for name in WHERE}
        return {"number": day["number"], "starts_at": starts_at, "ends_at": ends_at, **where}

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


def _names(day: dict) -> tuple[str, str, str]:
    number = day["number"]
    return f"day_{number}", f"starts_{number}", f"ends_{number}"
