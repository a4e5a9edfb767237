from django import forms
from django.utils.translation import gettext_lazy as _

from lms.meetings.forms.dates import WHERE, DaysForm
from lms.people.forms.fields import LineField

MOST, USUAL = 12, 5


class PlanDaysForm(DaysForm):
    """A group's next supervision days: so many by a rhythm, each with a theme if there is one already."""

    # The number of the group's last day when the page was shown: a second click finds another one.
    last = forms.IntegerField(widget=forms.HiddenInput, required=False)
    count = forms.IntegerField(label=_("How many days?"), min_value=1, max_value=MOST, initial=USUAL)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        for day in self.days:
            label = _("Theme")
            self.fields[title_of(day)] = LineField(label=label, max_length=120, required=False)

    def about(self) -> list:
        return [self[name] for name in ("count", *WHERE)]

    def rows(self) -> list[dict]:
        rows = super().rows()
        return [{**row, "fields": [*row["fields"], self[title_of(row)]]} for row in rows]

    def where(self, day: dict) -> dict[str, str]:
        return super().where(day) | {"title": self.cleaned_data.get(title_of(day), "")}


def title_of(day: dict) -> str:
    return f"title_{day['number']}"


def number_of_days(data) -> int:
    """How many rows the page needs: what was typed where it is a number we take, else the usual."""
    typed = str((data or {}).get("count", ""))
    return int(typed) if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:3]) <= MOST else USUAL
