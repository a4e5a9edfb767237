from datetime import date, timedelta

from django import forms
from django.core.validators import RegexValidator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lms.meetings.forms.dates import WHERE, DaysForm, names_of
from lms.meetings.methods.planning import name_of_day_off
from lms.meetings.models import Cohort
from lms.people.forms.fields import LineField
from lms.programme.models import Course

SATURDAY = 5
PLACE = ("place", "room", "address")


class NewCohortForm(DaysForm):
    """A cohort and all its teaching days: first the rhythm proposes dates, then they are corrected and made."""

    name = LineField(
        label=_("Name of the cohort"),
        help_text=_("For instance »Vest«. The pages say »cohort« before it."),
        max_length=80,
        validators=[RegexValidator(r"\w", _("A name needs letters."))],
    )
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=999, initial=30)
    trainers = forms.MultipleChoiceField(label=_("Trainers"), required=False, widget=forms.CheckboxSelectMultiple)

    asked_last = frozenset({"name", "capacity"})

    def __init__(self, *args, course: Course, trainers: list, **more):
        super().__init__(*args, **more)
        self.course = course
        self.people = {str(person.pk): person for person in trainers}
        self.fields["trainers"].choices = [(pk, person.name) for pk, person in self.people.items()]

    def about(self) -> list:
        return [self[name] for name in ("name", "capacity", *WHERE, "trainers")]

    def clean_trainers(self):
        return [self.people[pk] for pk in self.cleaned_data["trainers"]]

    def clean(self):
        cleaned = super().clean()
        if not self.proposing:
            self._check_name(cleaned.get("name"))
        return cleaned

    def _check_name(self, name: str | None) -> None:
        if name and Cohort.objects.filter(course=self.course, name=name).exists():
            self.refuse_name()

    def refuse_name(self) -> None:
        self.add_error("name", _("The course has a cohort with that name already."))


class CopiedCohortForm(NewCohortForm):
    """The same cohort once more: all its days are moved by as many days as the first of them.

    ``source`` holds the facts of the days that are copied, by number, and ``common`` what most of them have: a day
    that was held elsewhere keeps its own place.
    """

    def __init__(self, *args, source: dict[int, dict], common: dict, **more):
        self.source, self.common = source, common
        super().__init__(*args, **more)
        for name in ("starts", "ends", "weeks"):
            del self.fields[name]

    def rhythm(self) -> list:
        return [self["first"]]

    def can_propose(self) -> bool:
        return self.is_bound and "first" not in self.errors

    def rows(self) -> list[dict]:
        return [{**row, "elsewhere": self._elsewhere(row)} for row in super().rows()]

    def proposed(self) -> tuple[dict, list[tuple[date, str]]]:
        """The days moved, as they would be typed; and those that fall on a weekend or a day off now."""
        starts = {number: localtime(day["starts_at"]) for number, day in self.source.items()}
        shift = self.cleaned_data["first"] - min(starts.values()).date() if starts else timedelta()
        typed: dict[str, str] = {}
        off: list[tuple[date, str]] = []
        for number, begins in sorted(starts.items()):
            on, ends = begins.date() + shift, localtime(self.source[number]["ends_at"])
            values = (on.isoformat(), f"{begins:%H:%M}", f"{ends:%H:%M}")
            typed |= dict(zip(names_of({"number": number}), values, strict=True))
            if why := name_of_day_off(on) or (str(_("a weekend")) if on.weekday() >= SATURDAY else ""):
                off.append((on, why))
        return typed, off

    def where(self, day: dict) -> dict[str, str]:
        return super().where(day) | self._own(day)

    def _own(self, day: dict) -> dict[str, str]:
        source = self.source.get(day["number"], self.common)
        return {name: source[name] for name in WHERE if source[name] != self.common[name]}

    def _elsewhere(self, day: dict) -> str:
        """The place of a day that was held elsewhere than the others, in words."""
        if not self._own(day).keys() & set(PLACE):
            return ""
        source = self.source[day["number"]]
        return ", ".join(source[name] for name in PLACE if source[name])
