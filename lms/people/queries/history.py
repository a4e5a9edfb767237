"""What the logs tell the owner of a thing: what was done, when and as what; a page at a time, newest first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.methods.verbs import sentence
from lms.people.models import AuditEntry, Membership, Opening, Role, User

PAGE_LENGTH = 30
LONGEST_NUMBER = 18
# What an opened thing is called for its owner.
KINDS = {"supervision.case": gettext_lazy("Case"), "courses.reflection": gettext_lazy("Reflection")}


@dataclass(frozen=True)
class Deed:
    """One line of a history."""

    what: str
    who: str
    reason: str
    moment: datetime


@dataclass(frozen=True)
class Opened:
    """One line of who opened something: as what, never by name."""

    what: str
    who: str
    reason: str
    hour: datetime


def history_of_account(person: User, before: str, on: date) -> tuple[list[Deed], str]:
    """What was done to an account, its roles and its invitations, and where the next page begins.

    Others are told by their role: whom staff are is not needed to see that something was done.
    """
    about = AuditEntry.objects.about(
        ("people.user", [person.pk]),
        ("people.membership", person.memberships.values("pk")),
        ("people.invitation", person.invitations.values("pk")),
    )
    entries, older = page_before(about, before)
    names = _roles_of({entry.actor_id for entry in entries} - {None, person.pk}, on) | {person.pk: _("You")}
    return [deed(entry, names) for entry in entries], older


def deed(entry: AuditEntry, names: dict[int, str]) -> Deed:
    who = _("Automatically") if entry.actor_id is None else names.get(entry.actor_id, _("Somebody who has left"))
    return Deed(sentence(entry.verb), who, entry.get_reason_display(), entry.moment)


def openings_for(owner: User, before: str, thing=None) -> tuple[list[Opened], str]:
    """Who opened what is ``owner``'s and confidential, or just ``thing`` of it, and where the next page begins."""
    openings = Opening.objects.filter(owner_id=owner.pk)
    if thing is not None:
        openings = openings.filter(object_type=thing._meta.label_lower, object_id=thing.pk)
    rows, older = page_before(openings, before)
    return [_opened(row) for row in rows], older


def page_before(rows, before: str) -> tuple[list, str]:
    """Up to a page of ``rows`` with lower numbers than ``before``, and the number at which the next page begins."""
    if before.isascii() and before.isdecimal() and len(before) <= LONGEST_NUMBER:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE_LENGTH + 1])
    page = found[:PAGE_LENGTH]
    return page, str(page[-1].pk) if len(found) > PAGE_LENGTH else ""


def _opened(row: Opening) -> Opened:
    return Opened(str(KINDS.get(row.object_type, "")), row.get_role_display(), row.get_reason_display(), row.hour)


def _roles_of(people: set[int], on: date) -> dict[int, str]:
    roles = defaultdict(list)
    current = Membership.objects.current(on).filter(person__in=people).order_by("pk")
    for person, role in current.values_list("person", "role"):
        roles[person].append(role)
    return {person: str(Role(held[0]).label) for person, held in roles.items()}
