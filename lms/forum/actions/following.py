from datetime import datetime

from django.db import transaction

from lms.forum.models import Discussion, Follow
from lms.people.actions import record
from lms.people.models import User


@transaction.atomic
def follow(*, discussion: Discussion, person: User, now: datetime) -> Follow:
    """Hear of new replies from now on. Following twice is following."""
    followed, is_new = begin_following(discussion=discussion, person=person, now=now)
    if is_new:
        record(by=person, verb="follow", about=discussion, now=now)
    return followed


def begin_following(*, discussion: Discussion, person: User, now: datetime) -> tuple[Follow, bool]:
    """What following is for those who write: part of something that is noted already."""
    defaults = {"created_at": now, "seen_at": now}
    return Follow.objects.get_or_create(discussion=discussion, person=person, defaults=defaults)


@transaction.atomic
def unfollow(*, discussion: Discussion, person: User, now: datetime) -> None:
    deleted, _kinds = Follow.objects.filter(discussion=discussion, person=person).delete()
    if deleted:
        record(by=person, verb="unfollow", about=discussion, now=now)


def see(*, discussion: Discussion, person: User, now: datetime) -> None:
    """Remember that ``person`` has read to here, if that person follows the discussion."""
    Follow.objects.filter(discussion=discussion, person=person, seen_at__lt=now).update(seen_at=now)
