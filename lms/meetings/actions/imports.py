"""A list of people becomes accounts, memberships, seats and invitations: each row wholly, or not at all."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from lms.meetings.actions.enrolments import CohortFull, enrol
from lms.meetings.methods.participants import Checked, Problem, Row, check_rows, clean_values
from lms.meetings.models import Cohort, ImportDraft
from lms.meetings.queries.imports import known_for_import
from lms.people.actions import add_membership, invite, record
from lms.people.models import Organisation, Role, User
from lms.people.rules import has_come_in

TAKEN_FROM_ROW = ("name", "title", "phone")


class DraftGone(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The list was imported or dropped already."""


class RowRefused(Exception):  # noqa: N818
    """A person could not be brought in; ``checked`` says what is wrong with which of the values."""

    def __init__(self, checked: Checked):
        super().__init__(checked)
        self.checked = checked


@dataclass
class Report:
    """What became of a list."""

    imported: int = 0
    updated: int = 0
    rejected: list[Checked] = field(default_factory=list)


def check(*, cohort: Cohort, rows: list[Row], allowed: frozenset[int] | None) -> list[Checked]:
    """What stands in the way of each row right now."""
    return check_rows(rows, known_for_import(cohort, [row.values["email"] for row in rows], allowed))


@transaction.atomic
def import_participants(
    *, cohort: Cohort, rows: list[Row], by: User | None, allowed: frozenset[int] | None, now: datetime
) -> Report:
    """Import every good row and report the others. The same list twice leaves the same people."""
    # The lock of ``enrol``, taken first, so that nobody takes a seat between the check and the row.
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    report = Report()
    for checked in check(cohort=cohort, rows=rows, allowed=allowed):
        _take(checked, cohort, by, now, report)
    if report.imported or report.updated:
        record(by=by, verb="imported_participants", about=cohort, now=now)
    return report


def _take(checked, cohort, by, now, report):
    if not checked.is_good:
        report.rejected.append(checked)
        return
    try:
        with transaction.atomic():
            _import_row(checked, cohort, by, now)
    except CohortFull:
        problems = (Problem("municipality", "cohort_full"),)
        report.rejected.append(Checked(checked.row, checked.municipality, checked.has_seat, problems))
        return
    report.updated += checked.has_seat
    report.imported += not checked.has_seat


@transaction.atomic
def bring_in(*, cohort: Cohort, municipality: Organisation, values: dict[str, str], by, now: datetime, give=enrol):
    """One person by name and e-mail, checked as a row of a list is: account, membership, seat and invitation.

    ``give`` says how the seat comes about; it takes what ``enrol`` takes.

    :raises RowRefused: with what is wrong, and nothing is stored. Who has a seat already is refused too.
    """
    values = clean_values(values | {"municipality": municipality.code})
    [checked] = check(cohort=cohort, rows=[Row(1, values)], allowed=frozenset({municipality.pk}))
    problems = (*checked.problems, *([Problem("email", "has_seat")] if checked.has_seat else []))
    if problems:
        raise RowRefused(Checked(checked.row, checked.municipality, checked.has_seat, problems))
    return _let_in(values, give, cohort=cohort, municipality=municipality, by=by, now=now)


def _import_row(checked, cohort, by, now):
    municipality = Organisation.objects.get(pk=checked.municipality.id)
    _let_in(checked.row.values, enrol, cohort=cohort, municipality=municipality, by=by, now=now)


def _let_in(values, give, *, cohort, municipality, by, now):
    person = _person(values)
    add_membership(
        person=person,
        organisation=municipality,
        role=Role.JOB_CONSULTANT,
        start_date=localdate(now),
        by=by,
        now=now,
    )
    enrolment = give(person=person, cohort=cohort, municipality=municipality, by=by, now=now)
    if not has_come_in(person):
        invite(person=person, organisation=municipality, by=by, now=now, outbox=cohort.outbox)
    return enrolment


def _person(values):
    """The account with that address. What people wrote about themselves stays; only gaps are filled."""
    person = User.objects.with_address(values["email"]).first()
    if person is None:
        return User.objects.create_user(**{name: values[name] for name in ("email", *TAKEN_FROM_ROW)})
    theirs = has_come_in(person)
    for name in TAKEN_FROM_ROW:
        if values[name] and not (theirs and getattr(person, name)):
            setattr(person, name, values[name])
    person.save(update_fields=TAKEN_FROM_ROW)
    return person


@transaction.atomic
def keep_draft(*, cohort: Cohort, rows: list[Row], headings: dict[str, str], by: User, now: datetime) -> ImportDraft:
    """Keep a list until its owner has decided. The same list twice is kept once; those nobody came back for go."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    ImportDraft.objects.forgotten(now).delete()
    for draft in ImportDraft.objects.filter(cohort=cohort, by=by, headings=headings):
        if rows_of(draft) == rows:
            return draft
    draft = ImportDraft.objects.create(
        cohort=cohort, by=by, headings=headings, rows=[asdict(row) for row in rows], created_at=now
    )
    record(by=by, verb="kept_list", about=draft, now=now)
    return draft


def rows_of(draft: ImportDraft) -> list[Row]:
    return [Row(row["number"], row["values"], tuple(row["blocked"])) for row in draft.rows]


@transaction.atomic
def correct_draft(*, draft: ImportDraft, rows: list[Row], by: User, now: datetime) -> ImportDraft:
    """Keep what was typed; ``rows`` are those that are still in."""
    fresh = _locked(draft)
    fresh.rows = [asdict(row) for row in rows]
    fresh.save(update_fields=["rows"])
    record(by=by, verb="corrected_list", about=fresh, now=now)
    return fresh


@transaction.atomic
def import_draft(*, draft: ImportDraft, by: User, allowed: frozenset[int] | None, now: datetime) -> Report:
    """Import the good rows of a list. What could not be imported stays in it, to be corrected; a used list is gone."""
    fresh = _locked(draft)
    report = import_participants(cohort=fresh.cohort, rows=rows_of(fresh), by=by, allowed=allowed, now=now)
    if report.rejected:
        fresh.rows = [asdict(checked.row) for checked in report.rejected]
        fresh.save(update_fields=["rows"])
    else:
        fresh.delete()
    return report


@transaction.atomic
def drop_draft(*, draft: ImportDraft, by: User, now: datetime) -> None:
    deleted, _kinds = ImportDraft.objects.filter(pk=draft.pk).delete()
    if deleted:
        record(by=by, verb="dropped_list", about=draft, now=now)


def _locked(draft):
    fresh = ImportDraft.objects.select_for_update().select_related("cohort").filter(pk=draft.pk).first()
    if fresh is None:
        raise DraftGone
    return fresh
