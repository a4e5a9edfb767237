"""What an import is checked against."""

from lms.meetings.methods.participants import Known, Municipality
from lms.meetings.models import Cohort
from lms.people.models import Organisation

ADDRESSES_AT_A_TIME = 500


def known_for_import(cohort: Cohort, emails: list[str], allowed: frozenset[int] | None) -> Known:
    """The municipalities, and who of ``emails`` has a seat. Whether somebody has an account is nobody's business."""
    return Known(municipalities=_municipalities(), seats=_seats(cohort, emails), allowed=allowed)


def _municipalities():
    rows = Organisation.objects.municipalities().values_list("id", "code", "name")
    return tuple(Municipality(*row) for row in rows)


def _seats(cohort, emails):
    seats: dict[str, int] = {}
    for start in range(0, len(emails), ADDRESSES_AT_A_TIME):
        enrolled = cohort.enrolments.enrolled().filter(person__email__in=emails[start : start + ADDRESSES_AT_A_TIME])
        seats.update(enrolled.values_list("person__email", "municipality"))
    return seats
