from datetime import datetime

from django.db import transaction

from lms.forum.models import Discussion, Tried
from lms.people.actions import record
from lms.people.models import User


class OwnPractice(Exception):  # noqa: N818 - it states a fact
    """A practice has not travelled as long as it is tried where it began."""


@transaction.atomic
def mark_tried(
    *, discussion: Discussion, person: User, organisation, outcome: str, remark: str, now: datetime
) -> Tried:
    """Say how it went elsewhere: once per person, and changed when it goes otherwise.

    :raises OwnPractice: when the person or the municipality is the one that shared it.
    """
    place = getattr(organisation, "pk", organisation)
    if person.pk == discussion.author_id or place == discussion.organisation_id:
        raise OwnPractice
    said = {"organisation_id": place, "outcome": outcome, "remark": remark}
    tried, _is_new = Tried.objects.update_or_create(
        discussion=discussion,
        person=person,
        defaults=said | {"edited_at": now},
        create_defaults=said | {"created_at": now},
    )
    record(by=person, verb="try_practice", about=discussion, now=now)
    return tried
