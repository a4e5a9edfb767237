from django import forms
from django.utils.translation import gettext_lazy as _

from lms.meetings.forms.imports import LABELS
from lms.meetings.forms.problems import reason_of
from lms.meetings.methods.participants import Checked
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField


class WithdrawForm(GuardedFormMixin, forms.Form):
    reason = LineField(
        label=_("Why does the person not take part?"),
        help_text=_("A word is enough. The person sees it. Write nothing about citizens."),
        max_length=200,
        error_messages={"required": _("Write a word about why.")},
    )


class NewPersonForm(GuardedFormMixin, forms.Form):
    """Somebody to put on a seat, by name and e-mail; the municipality is given."""

    unasked = frozenset({"name", "title"})

    name = LineField(label=LABELS["name"], max_length=120)
    email = forms.EmailField(label=LABELS["email"], help_text=_("The work address. The invitation is bound to it."))
    title = LineField(label=LABELS["title"], max_length=120, required=False)

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "email", "title")}

    def refuse(self, checked: Checked) -> None:
        """Say at each field what is wrong with it; what concerns the municipality is said at the address."""
        for problem in checked.problems:
            self.add_error(problem.column if problem.column in self.fields else "email", reason_of(problem))
