"""The attendance list, and who came without standing on it."""

from collections.abc import Collection
from datetime import datetime

from django import forms
from django.forms.utils import from_current_timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lms.meetings.methods.marks import Mark, Place
from lms.meetings.models import Attendance, CheckIn, Enrolment, Meeting, WalkIn
from lms.meetings.queries.attendance import SheetRow
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField
from lms.people.models import Organisation

PARTIAL = Attendance.State.PARTIAL


class AttendanceForm(GuardedFormMixin, forms.Form):
    """One choice per person and half day, with times for a part of it; beside each what the page showed.

    ``everybody`` marks those without a choice as present.
    """

    everybody = forms.BooleanField(required=False)

    def __init__(self, *args, rows: list[SheetRow], meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting, self.rows = meeting, {row.enrolment.pk: row for row in rows}
        self.places: dict[str, Place] = {f"{pk}-{half}": (pk, half) for pk in self.rows for half in meeting.halves}
        for name, (pk, _half) in self.places.items():
            self._add_place(name, self.rows[pk].enrolment.person.name)
        if meeting.kind == Meeting.Kind.SUPERVISION:
            for pk in self.rows:
                self.fields[f"{pk}-case"] = forms.BooleanField(required=False)
                self.fields[f"{pk}-case-seen"] = forms.BooleanField(required=False)

    def clean(self):
        cleaned = super().clean()
        for name in self.places:
            if cleaned.get(name) == PARTIAL:
                self._check_times(name)
        for pk in self.rows:
            if self.cleaned_data.get(f"{pk}-case") and not self._is_marked(pk):
                self.add_error(f"{pk}-case", _("Say also that the person was there."))
        return cleaned

    def marks(self) -> dict[Place, Mark]:
        """What was chosen; without a choice a half day is left as it is."""
        return {place: self._mark(name) for name, place in self.places.items() if self.cleaned_data[name]}

    def gaps(self) -> list[Place]:
        """What »everybody is here« fills."""
        if not self.cleaned_data["everybody"]:
            return []
        return [place for name, place in self.places.items() if not self.cleaned_data[name]]

    def seen(self) -> dict[Place, Mark]:
        return {place: Mark.read(self.cleaned_data[f"{name}-seen"]) for name, place in self.places.items()}

    def cases(self) -> dict[int, bool]:
        """The ticks that were changed on this page."""
        if self.meeting.kind != Meeting.Kind.SUPERVISION:
            return {}
        ticks = {pk: (self.cleaned_data[f"{pk}-case"], self.cleaned_data[f"{pk}-case-seen"]) for pk in self.rows}
        return {pk: ticked for pk, (ticked, before) in ticks.items() if ticked != before}

    def _add_place(self, name: str, person: str) -> None:
        self.fields[name] = forms.ChoiceField(required=False, choices=Attendance.State.choices, label=person)
        self.fields[f"{name}-seen"] = forms.CharField(required=False, max_length=60)
        for part in ("arrived", "left"):
            self.fields[f"{name}-{part}"] = forms.TimeField(required=False, label=person)

    def _mark(self, name: str) -> Mark:
        state = self.cleaned_data[name]
        times = (self._moment(name, "arrived"), self._moment(name, "left")) if state == PARTIAL else ()
        return Mark(state, *times)

    def _check_times(self, name: str) -> None:
        arrived, left = (self._moment(name, part) for part in ("arrived", "left"))
        for part, moment in (("arrived", arrived), ("left", left)):
            if moment and not self.meeting.starts_at <= moment <= self.meeting.ends_at:
                self.add_error(f"{name}-{part}", _("The time must lie within the day."))
        if arrived and left and left <= arrived:
            self.add_error(f"{name}-left", _("One cannot leave before one has come."))

    def _moment(self, name: str, part: str) -> datetime | None:
        clock = self.cleaned_data.get(f"{name}-{part}")
        if clock is None:
            return None
        return from_current_timezone(
            datetime.combine(localtime(self.meeting.starts_at).date(), clock.replace(second=0))
        )

    def _is_marked(self, pk: int) -> bool:
        halves = [self.cleaned_data.get(f"{pk}-{half}") for half in self.meeting.halves]
        return any(halves) or bool(self.rows[pk].marks) or bool(self.cleaned_data.get("everybody"))


class WalkInForm(GuardedFormMixin, forms.Form):
    """Somebody of the cohort, or a name."""

    enrolment = forms.ModelChoiceField(
        label=_("Somebody of the cohort"),
        queryset=Enrolment.objects.none(),
        required=False,
        empty_label=_("Nobody of these"),
    )
    name = LineField(label=_("Name"), max_length=150, required=False)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Organisation.objects.none(), required=False, empty_label=_("I do not know")
    )

    def __init__(self, *args, others, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = others
        self.fields["enrolment"].label_from_instance = _name_and_municipality
        self.fields["municipality"].queryset = municipalities

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("enrolment") and not cleaned.get("name"):
            self.add_error("name", _("Choose somebody of the cohort, or write a name."))
        return cleaned


class MergeForm(GuardedFormMixin, forms.Form):
    """Whose name it is."""

    walk_in = forms.ModelChoiceField(queryset=WalkIn.objects.none(), widget=forms.HiddenInput)
    enrolment = forms.ModelChoiceField(label=_("Who is it?"), queryset=Enrolment.objects.none())

    def __init__(self, *args, walk_ins: Collection, enrolments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["walk_in"].queryset = walk_ins
        self.fields["enrolment"].queryset = enrolments
        self.fields["enrolment"].label_from_instance = _name_and_municipality


class ConfirmForm(GuardedFormMixin, forms.Form):
    check_in = forms.ModelChoiceField(queryset=CheckIn.objects.none())

    def __init__(self, *args, check_ins, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["check_in"].queryset = check_ins


def _name_and_municipality(enrolment: Enrolment) -> str:
    return f"{enrolment.person.name}, {enrolment.municipality.name}"
