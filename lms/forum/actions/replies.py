import uuid
from datetime import datetime

from django.db import transaction

from lms.forum.actions.following import begin_following, see
from lms.forum.actions.rendering import render_post
from lms.forum.models import Discussion, Post
from lms.notifications.actions import notify
from lms.people.actions import record
from lms.people.models import User


@transaction.atomic
def reply(
    *,
    discussion: Discussion,
    author: User,
    organisation,
    body: str,
    now: datetime,
    form_key: uuid.UUID | None = None,
) -> Post:
    """Answer in a discussion and tell those who follow it. The same form sent twice is one reply."""
    Discussion.objects.select_for_update().get(pk=discussion.pk)
    new = Post(body=body)
    render_post(new)
    values = {"html": new.html, "sanitiser_version": new.sanitiser_version, "body": body, "created_at": now}
    values |= {"discussion": discussion, "organisation_id": getattr(organisation, "pk", organisation)}
    post, is_new = Post.objects.get_or_create(author=author, form_key=form_key or uuid.uuid4(), defaults=values)
    if is_new:
        count_replies(discussion=discussion, now=now)
        begin_following(discussion=discussion, person=author, now=now)
        see(discussion=discussion, person=author, now=now)
        _tell_followers(post, now)
        record(by=author, verb="reply", about=post, now=now)
    return post


@transaction.atomic
def edit_reply(*, post: Post, by: User, body: str, now: datetime) -> Post:
    post.body = body
    post.edited_at = now
    render_post(post)
    post.save(update_fields=["body", "edited_at", "html", "sanitiser_version"])
    record(by=by, verb="edit_reply", about=post, now=now)
    return post


def count_replies(*, discussion: Discussion, now: datetime | None = None) -> None:
    """Count what readers see; with ``now``, the discussion has also moved. Its texts are indexed: no save()."""
    values = {"reply_count": Post.objects.filter(discussion=discussion).shown().count()}
    if now:
        values["last_activity_at"] = now
    Discussion.objects.filter(pk=discussion.pk).update(**values)


def _tell_followers(post: Post, now: datetime) -> None:
    # The reply is the revision: each has its own row, and the occasion lets one mail through until it has been read.
    followers = User.objects.filter(follows__discussion=post.discussion_id, is_active=True).exclude(pk=post.author_id)
    notify(recipients=followers, occasion="forum.replied", about=post.discussion, now=now, revision=post.pk)
