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
