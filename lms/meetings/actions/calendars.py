from datetime import datetime

from django.db import transaction
from django.db.models import F

from lms.people.actions import record
from lms.people.models import User


@transaction.atomic
def rotate_calendar(*, person, by, now: datetime):
    """Retire the address of ``person``'s calendar feed; the new one follows from the higher number."""
    User.objects.filter(pk=person.pk).update(calendar_rotation=F("calendar_rotation") + 1)
    record(by=by, verb="rotate_calendar", about=person, now=now)
    person.refresh_from_db(fields=["calendar_rotation"])
