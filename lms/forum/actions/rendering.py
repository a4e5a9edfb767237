from collections.abc import Iterable

from lms.formats import markdown
from lms.forum import methods
from lms.forum.models import Discussion, Post


def render_discussion(discussion: Discussion) -> None:
    """Set what the texts render to; the caller saves."""
    texts = {name: getattr(discussion, name) for name in Discussion.MARKDOWN_FIELDS}
    discussion.html = methods.rendered(texts)
    discussion.excerpt = methods.excerpt_of(discussion.summary, discussion.body, discussion.what_we_did)
    discussion.sanitiser_version = markdown.SANITISER_VERSION


def render_post(post: Post) -> None:
    post.html = markdown.to_html(post.body)
    post.sanitiser_version = markdown.SANITISER_VERSION


def freshen(*, discussion: Discussion, posts: Iterable[Post]) -> None:
    """Render anew what an older sanitiser has left behind. Costs nothing when there is none."""
    if discussion.is_stale:
        render_discussion(discussion)
        # Not save(): nothing to index anew, and nobody has edited anything.
        Discussion.objects.filter(pk=discussion.pk, revision=discussion.revision).update(
            html=discussion.html, excerpt=discussion.excerpt, sanitiser_version=discussion.sanitiser_version
        )
    stale = [post for post in posts if post.is_stale]
    for post in stale:
        render_post(post)
    if stale:
        Post.objects.bulk_update(stale, ["html", "sanitiser_version"])
