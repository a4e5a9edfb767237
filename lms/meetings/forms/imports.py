"""Uploading a list of people, and correcting its rows."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.formats.spreadsheets import MAX_BYTES, FileUnreadable, read_table
from lms.meetings.methods.columns import FIELDS, Columns, HeadingsMissing, find_columns
from lms.meetings.methods.participants import Row, clean_values, read_rows
from lms.people.forms import GuardedFormMixin

UNREADABLE = {
    "file_empty": _("There is nothing in the file."),
    "file_too_large": _("The file is larger than a list of people can be. Is it the right one?"),
    "file_encrypted": _("The file asks for a password. Save it without one, and try again."),
    "file_broken": _("The file could not be opened. Open it in Excel, save it as .xlsx, and try again."),
    "file_not_a_table": _("The file is not a list. Save it from Excel as .xlsx or .csv, and try again."),
    "too_many_rows": _("There are more rows or columns in the file than a list of people has."),
    "file_unreadable": _("The file could not be read. Save it from Excel as .xlsx or .csv, and try again."),
    "headings_missing": _(
        "We cannot find the row with the headings. It must name at least a column with names and one with e-mails."
    ),
    "nobody": _("There are headings in the file, but nobody below them."),
}
LABELS = {
    "name": _("Name"),
    "email": _("E-mail"),
    "municipality": _("Municipality"),
    "title": _("Job title"),
    "phone": _("Phone"),
}


@dataclass(frozen=True)
class PeopleList:
    """A list as it was read: the headings as the file has them, and a row for each person."""

    headings: dict[str, str]
    rows: list[Row]


class ListUnreadable(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """No people could be read out of a file; ``code`` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        return str(UNREADABLE.get(self.code, UNREADABLE["file_unreadable"]))


def read_people(data: bytes, *, file_name: str, today) -> PeopleList:
    """The people in a file.

    :raises ListUnreadable: with the words for whoever brought it.
    """
    try:
        table = read_table(data, file_name=file_name)
        columns = find_columns(table.rows)
    except (FileUnreadable, HeadingsMissing) as error:
        raise ListUnreadable(error.code) from error
    rows = read_rows(table.rows, columns, today)
    if not rows:
        raise ListUnreadable("nobody")
    return PeopleList(_headings(columns), rows)


def _headings(columns: Columns) -> dict[str, str]:
    return {name: columns.heading_of(name) for name in FIELDS}


class UploadForm(GuardedFormMixin, forms.Form):
    """The list is read cell by cell, and a cell with a CPR number is emptied; the rest is people's details."""

    unasked = unread = frozenset({"file"})

    file = forms.FileField(
        label=_("List of people"),
        help_text=_(
            "An Excel sheet (.xlsx) or .csv with a name, an e-mail and a municipality in each row. "
            "Never write CPR numbers in it."
        ),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(UNREADABLE["file_too_large"], code="file_too_large")
        try:
            self.people = read_people(file.read(), file_name=file.name, today=timezone.localdate())
        except ListUnreadable as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        return file


class RowForm(GuardedFormMixin, forms.Form):
    """One row to correct. What is wrong with it is said beside it; only a CPR number is refused outright."""

    unasked = frozenset(FIELDS)

    name = forms.CharField(label=LABELS["name"], required=False, max_length=400)
    email = forms.CharField(label=LABELS["email"], required=False, max_length=400)
    municipality = forms.CharField(label=LABELS["municipality"], required=False, max_length=400)
    title = forms.CharField(label=LABELS["title"], required=False, max_length=400)
    phone = forms.CharField(label=LABELS["phone"], required=False, max_length=400)
    leave_out = forms.BooleanField(label=_("Leave this row out"), required=False)

    def __init__(self, data=None, *, row: Row):
        super().__init__(data, prefix=f"row{row.number}", initial=row.values)
        self.row = row

    @property
    def typed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FIELDS]

    @property
    def was_shown(self) -> bool:
        """A row that came into doubt after the page was drawn has nothing typed for it."""
        return self.add_prefix("email") in self.data

    @property
    def corrected(self) -> Row | None:
        """The row as typed; ``None`` when it is left out."""
        if self.cleaned_data["leave_out"]:
            return None
        return Row(self.row.number, clean_values(self.cleaned_data))
