from datetime import datetime

from django.db import transaction
from django.db.models import F

from lms.people.actions import record
from lms.people.models import User


@transaction.atomic
def rotate_calendar(*, person, seen: int, by, now: datetime) -> bool:
    """Retire the address of ``person``'s calendar feed that bears the number ``seen``: true the first time.

    The new address follows from the higher number.
    """
    is_new = User.objects.filter(pk=person.pk, calendar_rotation=seen).update(
        calendar_rotation=F("calendar_rotation") + 1
    )
    if is_new:
        record(by=by, verb="rotate_calendar", about=person, now=now)
        person.refresh_from_db(fields=["calendar_rotation"])
    return bool(is_new)
