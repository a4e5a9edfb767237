"""What the community tells people by mail: a title, who, and a link. Never what somebody has written."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lms.forum.models import Follow, Post, Report
from lms.notifications.methods import Mail, Occasion, register
from lms.notifications.models import Notice


def replied(notice: Notice, now: datetime) -> Mail | None:  # noqa: ARG001 - every occasion is asked with the moment
    """Still due when the reader follows, may read, and has not been there or been written to since."""
    posts = Post.objects.visible_to(notice.recipient).select_related("discussion", "author", "organisation")
    post = posts.filter(pk=notice.revision, discussion=notice.object_id).first()
    follow = Follow.objects.filter(discussion=notice.object_id, person=notice.recipient).first()
    if not post or not follow or follow.seen_at >= post.created_at or _has_been_told(notice, follow):
        return None
    return Mail(
        "forum.replied", {"post": post, "discussion": post.discussion, "url": _absolute(post.get_absolute_url())}
    )


def reported(notice: Notice, now: datetime) -> Mail | None:  # noqa: ARG001
    reports = Report.objects.visible_to(notice.recipient).waiting().select_related("discussion")
    report = reports.filter(pk=notice.object_id).first()
    if not report:
        return None
    url = _absolute(reverse("forum:discussion", args=[report.discussion_id]))
    return Mail("forum.reported", {"discussion": report.discussion, "url": url})


def _has_been_told(notice, follow):
    """One mail until it has been read: the next reply waits on the page, not in the mailbox."""
    told = Notice.objects.filter(
        recipient=notice.recipient, occasion=notice.occasion, object_id=notice.object_id, sent_at__gt=follow.seen_at
    )
    return told.exists()


def _absolute(path):
    return f"{settings.BASE_URL}{path}"


register(Occasion("forum.replied", load=replied))
register(Occasion("forum.reported", load=reported))
