"""Who belongs where, from a day and until a day."""

from datetime import date, datetime

from django.db import transaction

from lms.people.actions.audit import record
from lms.people.models import Membership, Organisation, User


@transaction.atomic
def add_membership(
    *, person: User, organisation: Organisation | None, role: str, start_date: date, by: User | None, now: datetime
) -> Membership:
    """Give ``person`` a role. Asking twice gives the same membership, as long as it still holds on that day."""
    User.objects.select_for_update().get(pk=person.pk)
    held = person.memberships.current(start_date).filter(organisation=organisation, role=role).first()
    if held:
        return held
    membership = Membership.objects.create(person=person, organisation=organisation, role=role, start_date=start_date)
    record(by=by, verb="added_membership", about=membership, now=now)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, end_date: date, by: User, now: datetime) -> Membership:
    """Let ``membership`` hold until ``end_date``, that day included. Access follows at the next request after it."""
    fresh = Membership.objects.select_for_update().get(pk=membership.pk)
    if fresh.end_date != end_date:
        fresh.end_date = end_date
        fresh.save(update_fields=["end_date"])
        record(by=by, verb="ended_membership", about=fresh, now=now)
    return fresh
