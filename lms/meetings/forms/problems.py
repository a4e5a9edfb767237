"""What is wrong with a row of a list, in words: which column, what it is, and what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lms.meetings.forms.imports import LABELS
from lms.meetings.methods.participants import Checked, Problem

WORDS = {
    "cpr": _("There was something that looks like a CPR number. It has not been saved."),
    "missing": _("It is empty."),
    "not_a_name": _("A name needs letters."),
    "not_an_address": _("It is not an e-mail address."),
    "twice": _("The same e-mail stands in row %(detail)s."),
    "not_a_number": _("A phone number needs digits."),
    "too_long": _("It is longer than %(detail)s characters."),
    "unknown": _("We know no municipality called »%(detail)s«."),
    "not_yours": _("You can enrol people from your own municipality, not from %(detail)s."),
    "has_seat": _("The person has a seat in the cohort already."),
    "seat_elsewhere": _("The person already has a seat for another municipality. Ask the coordinator."),
    "cohort_full": _("The cohort is full, so there was no seat left."),
}


@dataclass(frozen=True)
class Described:
    column: str
    text: str


def described(checked: Checked, headings: dict[str, str]) -> list[Described]:
    return [Described(column_of(problem, headings), reason_of(problem)) for problem in checked.problems]


def column_of(problem: Problem, headings: dict[str, str]) -> str:
    """The heading as the file has it, or our own word where the file has none."""
    return headings.get(problem.column) or str(LABELS.get(problem.column, problem.column))


def reason_of(problem: Problem) -> str:
    return str(WORDS[problem.code]) % {"detail": problem.detail}
