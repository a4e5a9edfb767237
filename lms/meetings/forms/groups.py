from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import Enrolment, GroupMembership, SupervisionGroup
from lms.meetings.queries.groups import edition_of
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField
from lms.people.models import User

MOVED = _("Somebody you ticked has left the cohort or has a place in another group by now. Look at the list again.")

NAME_TAKEN = _("The cohort has a group with that name already.")


class GroupForm(GuardedFormMixin, forms.Form):
    """A supervision group: what it is called, who leads it, and who sits in it."""

    name = LineField(
        label=_("Name of the group"),
        help_text=_("For instance »Vest 1«."),
        max_length=80,
        validators=[RegexValidator(r"\w", _("A name needs letters."))],
    )
    supervisor = forms.ChoiceField(
        label=_("Supervisor"), help_text=_("Sees the group's cases, and gets its days in the calendar.")
    )
    members = forms.MultipleChoiceField(
        label=_("Kursister"),
        help_text=_(
            "Everybody on the cohort who has no group. A group is 5 to 8 people from different municipalities."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": MOVED},
    )

    def __init__(self, *args, others: QuerySet, supervisors: list[User], candidates: list[Enrolment], **kwargs):
        super().__init__(*args, **kwargs)
        # The cohort's other groups.
        self.others = others
        self.people = {str(person.pk): person for person in supervisors}
        self.enrolments = {str(enrolment.pk): enrolment for enrolment in candidates}
        names = [(pk, person.name) for pk, person in self.people.items()]
        self.fields["supervisor"].choices = [("", _("Choose a supervisor")), *names]
        self.fields["members"].choices = [(pk, _label(row)) for pk, row in self.enrolments.items()]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.others.filter(name=name).exists():
            raise forms.ValidationError(NAME_TAKEN)
        return name

    def clean_supervisor(self):
        return self.people[self.cleaned_data["supervisor"]]

    def clean_members(self):
        return [self.enrolments[pk] for pk in self.cleaned_data["members"]]

    def refuse_name(self) -> None:
        self.add_error("name", NAME_TAKEN)

    def refuse_members(self) -> None:
        self.add_error("members", MOVED)


class ChangeGroupForm(GroupForm):
    """The same of a group that sits already: those in it stand first, ticked."""

    # What the person saw: two coordinators who change it each hear of the other.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, group: SupervisionGroup, places: list[GroupMembership], candidates, **kwargs):
        present = [place.enrolment for place in places]
        initial = {"name": group.name, "supervisor": group.supervisor_id, "seen": edition_of(group, places)}
        initial["members"] = [str(enrolment.pk) for enrolment in present]
        super().__init__(*args, candidates=[*present, *candidates], **kwargs | {"initial": initial})
        self.fields["members"].help_text = _(
            "Those in the group are ticked and stand first. Without the tick somebody leaves the group today, and its"
            " coming days leave the calendar."
        )

    def differing(self, group: SupervisionGroup, places: list[GroupMembership]) -> list[tuple[str, str]]:
        """What stands now where something else was typed, by its label and in words."""
        present = [place.enrolment for place in places]
        pairs = {
            "name": (group.name, group.name),
            "supervisor": (group.supervisor, group.supervisor.name),
            "members": (present, "; ".join(_label(row) for row in present) or _("nobody")),
        }
        typed = self.cleaned_data
        return [
            (str(self.fields[name].label), str(words))
            for name, (value, words) in pairs.items()
            if _plain(typed.get(name)) != _plain(value)
        ]


def _plain(value):
    """Of a list it matters who is on it, not in which order."""
    return {row.pk for row in value} if isinstance(value, list) else value


def _label(enrolment: Enrolment) -> str:
    """A name is never without its municipality."""
    return f"{enrolment.person.name}, {enrolment.municipality.name}"
