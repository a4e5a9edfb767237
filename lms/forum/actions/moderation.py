from datetime import datetime

from django.db import transaction

from lms.forum.actions.replies import count_replies
from lms.forum.models import Discussion, Post, Report
from lms.notifications.actions import notify
from lms.people.actions import record
from lms.people.models import Membership, Role, User


@transaction.atomic
def report(*, discussion: Discussion, by: User, reason: str, now: datetime, post: Post | None = None) -> Report:
    """Tell the moderators that somebody can be recognised, or that something else is wrong. Twice is once."""
    found, is_new = Report.objects.waiting().get_or_create(
        discussion=discussion,
        post=post,
        reported_by=by,
        resolved_at=None,
        defaults={"reason": reason, "created_at": now},
    )
    if is_new:
        notify(recipients=_moderators(now), occasion="forum.reported", about=found, now=now)
        record(by=by, verb="report", about=post or discussion, now=now)
    return found


@transaction.atomic
def hide(*, thing: Discussion | Post, by: User, now: datetime) -> None:
    """Take a discussion or a reply out of everybody's sight; what was reported about it is thereby dealt with."""
    _show(thing, by, now, is_hidden=True)
    reports = Report.objects.waiting().filter(discussion=_discussion_of(thing))
    if isinstance(thing, Post):
        reports = reports.filter(post=thing)
    reports.update(resolved_at=now, resolved_by=by)


@transaction.atomic
def unhide(*, thing: Discussion | Post, by: User, now: datetime) -> None:
    _show(thing, by, now, is_hidden=False)


def _show(thing, by, now, *, is_hidden):
    type(thing).objects.filter(pk=thing.pk).update(is_hidden=is_hidden)
    thing.is_hidden = is_hidden
    if isinstance(thing, Post):
        count_replies(discussion=thing.discussion)
    record(by=by, verb="hide" if is_hidden else "show_again", about=thing, now=now)


def _discussion_of(thing):
    return thing.discussion if isinstance(thing, Post) else thing


def _moderators(now):
    current = Membership.objects.current(now.date()).with_role(Role.MODERATOR)
    return User.objects.filter(pk__in=current.values("person"), is_active=True)
