"""What people say of themselves."""

from datetime import datetime

from django.db import transaction

from lms.people.actions.audit import record
from lms.people.models import User

OWN_FIELDS = ("name", "title", "phone", "language")


@transaction.atomic
def change_profile(*, person: User, now: datetime, **changes: str) -> User:
    """Store what ``person`` wrote about themselves, and nothing beside it."""
    for field in OWN_FIELDS:
        setattr(person, field, changes.get(field, getattr(person, field)))
    person.save(update_fields=OWN_FIELDS)
    record(by=person, verb="changed_profile", about=person, now=now)
    return person


@transaction.atomic
def note_information_read(*, person: User, edition: int, now: datetime) -> None:
    """Keep which edition of the page about what we keep was read, and when. The moments before stand in the log."""
    fresh = User.objects.select_for_update().get(pk=person.pk)
    if fresh.informed_edition < edition:
        person.informed_edition, person.informed_at = edition, now
        person.save(update_fields=["informed_edition", "informed_at"])
        record(by=person, verb="read_information", about=person, now=now)
