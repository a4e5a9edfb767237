from datetime import datetime

from lms.forum.models import Discussion, Follow
from lms.people.models import User


def follow(*, discussion: Discussion, person: User, now: datetime) -> Follow:
    """Hear of new replies from now on. Following twice is following."""
    defaults = {"created_at": now, "seen_at": now}
    return Follow.objects.get_or_create(discussion=discussion, person=person, defaults=defaults)[0]


def unfollow(*, discussion: Discussion, person: User) -> None:
    Follow.objects.filter(discussion=discussion, person=person).delete()


def see(*, discussion: Discussion, person: User, now: datetime) -> None:
    """Remember that ``person`` has read to here, if that person follows the discussion."""
    Follow.objects.filter(discussion=discussion, person=person, seen_at__lt=now).update(seen_at=now)
