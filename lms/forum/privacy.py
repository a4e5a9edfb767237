"""Sharing: what was shared with others stays, without the person; what nobody saw goes."""

from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from lms.forum.actions.rendering import render_discussion, render_post
from lms.forum.models import Discussion, Post
from lms.people.actions.erasure import Erasing, pass_on
from lms.people.methods.privacy import Erasure, Keep, Line, register
from lms.people.methods.privacy.activities import SHARING
from lms.people.queries.personal import rows_of

SHARED = _("others have answered it and tried it in their own municipality")
TEXTS = (*Discussion.MARKDOWN_FIELDS, "title", "summary", "setting", "excerpt", "html")


def forget_discussions(line: Line, erasing: Erasing) -> None:
    """A draft nobody has seen goes; the rest is rendered and indexed anew, should the name have stood in it."""
    for draft in rows_of(line, erasing.person).filter(is_draft=True):
        draft.delete()
    for discussion in Discussion.objects.filter(pk__in=pass_on(line, erasing)):
        render_discussion(discussion)
        rendered = {"html": discussion.html, "excerpt": discussion.excerpt}
        Discussion.objects.filter(pk=discussion.pk).update(**rendered)
        index.insert_or_update_object(discussion)


def forget_posts(line: Line, erasing: Erasing) -> None:
    for post in Post.objects.filter(pk__in=pass_on(line, erasing)):
        render_post(post)
        Post.objects.filter(pk=post.pk).update(html=post.html)


def _tags(model: str) -> Line:
    return Line(
        model=f"forum.Discussion_{model}",
        activity=SHARING,
        holds=_("what a discussion is about"),
        person=("discussion__author",),
        erasure=Erasure.FOLLOWS,
    )


register(
    Line(
        model="forum.Discussion",
        activity=SHARING,
        holds=_("what somebody has shared, with name and municipality; drafts"),
        person=("author",),
        stays=TEXTS,
        secret=("form_key", "html", "excerpt", "sanitiser_version"),
        erasure=Erasure.ANONYMOUS,
        because=SHARED,
        forget=forget_discussions,
    ),
    _tags("themes"),
    _tags("principles"),
    _tags("target_groups"),
    Line(
        model="forum.Post",
        activity=SHARING,
        holds=_("answers in discussions"),
        person=("author",),
        stays=("body", "html"),
        secret=("form_key", "html", "sanitiser_version"),
        erasure=Erasure.ANONYMOUS,
        because=SHARED,
        forget=forget_posts,
    ),
    Line(
        model="forum.Tried",
        activity=SHARING,
        holds=_("what somebody has tried, and how it went"),
        person=("person",),
        stays=("remark",),
        erasure=Erasure.ANONYMOUS,
        because=SHARED,
    ),
    Line(
        model="forum.Follow",
        activity=SHARING,
        holds=_("which discussions somebody follows, and how far they were read"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="forum.Report",
        activity=SHARING,
        holds=_("who has reported a post, and why"),
        person=("reported_by",),
        by=("resolved_by",),
        stays=("reason",),
        erasure=Erasure.ANONYMOUS,
        because=_("a moderator has to decide about the post"),
        keep=Keep(730, "resolved_at", _("after it was dealt with"), only={"resolved_at__isnull": False}),
    ),
)
