from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import User


class TrainersForm(forms.Form):
    """Who leads a day, out of the provider's own. ``fixed`` is a group's supervisor, who always does."""

    trainers = forms.MultipleChoiceField(label=_("Trainers"), required=False, widget=forms.CheckboxSelectMultiple)
    # Who led it when the page was shown: two coordinators who change it each hear of the other.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def __init__(self, *args, choice: list[User], leading: list[User], fixed: User | None, **kwargs):
        people = {str(person.pk): person for person in [*leading, *choice]}
        if fixed:
            people.pop(str(fixed.pk), None)
        self.people, self.fixed = dict(sorted(people.items(), key=lambda item: item[1].name)), fixed
        initial = {"trainers": [str(person.pk) for person in leading], "seen": numbers(leading)}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.fields["trainers"].choices = [(pk, person.name) for pk, person in self.people.items()]

    def clean_trainers(self):
        return [self.people[pk] for pk in self.cleaned_data["trainers"]]

    def clean_seen(self):
        return frozenset(int(pk) for pk in self.cleaned_data["seen"].split(",") if pk.isdecimal())


def numbers(people: list[User]) -> str:
    return ",".join(sorted(str(person.pk) for person in people))
