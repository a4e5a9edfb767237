import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from lms.forum.actions.following import begin_following
from lms.forum.actions.rendering import render_discussion
from lms.forum.models import Discussion
from lms.people.actions import record
from lms.people.models import User
from lms.programme.models import Principle, Theme


@transaction.atomic
def start_discussion(
    *,
    kind: str,
    title: str,
    author: User,
    organisation,
    now: datetime,
    themes: Iterable[Theme] = (),
    principles: Iterable[Principle] = (),
    is_draft: bool = False,
    form_key: uuid.UUID | None = None,
    **texts: str,
) -> Discussion:
    """Write a discussion, shared at once or kept as a draft. The same form sent twice is one discussion.

    ``organisation`` is where the author works, or its id.
    """
    new = Discussion(kind=kind, title=title, is_draft=is_draft, created_at=now, last_activity_at=now)
    new.organisation_id = getattr(organisation, "pk", organisation)
    _set_texts(new, texts, now)
    discussion, is_new = Discussion.objects.get_or_create(
        author=author, form_key=form_key or uuid.uuid4(), defaults=_values(new)
    )
    if is_new:
        _choose(discussion, themes, principles)
        begin_following(discussion=discussion, person=author, now=now)
        record(by=author, verb="draft_discussion" if is_draft else "share_discussion", about=discussion, now=now)
    return discussion


@transaction.atomic
def edit_discussion(
    *,
    discussion: Discussion,
    by: User,
    now: datetime,
    title: str,
    themes: Iterable[Theme] = (),
    principles: Iterable[Principle] = (),
    is_draft: bool = False,
    **texts: str,
) -> Discussion:
    """Change a discussion or share a draft. What has been shared once does not become a draft again."""
    discussion = Discussion.objects.select_for_update().get(pk=discussion.pk)
    is_shared_now = discussion.is_draft and not is_draft
    if is_shared_now:
        # When it was begun is nobody's business: for everybody else it is new today.
        discussion.created_at = discussion.last_activity_at = now
    elif not discussion.is_draft:
        discussion.edited_at = now
    discussion.title = title
    discussion.is_draft = discussion.is_draft and is_draft
    discussion.revision += 1
    _set_texts(discussion, texts, now)
    discussion.save()
    _choose(discussion, themes, principles)
    record(by=by, verb="share_discussion" if is_shared_now else "edit_discussion", about=discussion, now=now)
    return discussion


def _set_texts(discussion: Discussion, texts: dict[str, str], now: datetime) -> None:
    for name, text in texts.items():
        setattr(discussion, name, text)
    # Whoever writes a practice description down, or goes over it, says that it holds today.
    discussion.confirmed_date = localdate(now) if discussion.is_practice and not discussion.is_draft else None
    render_discussion(discussion)


def _values(discussion: Discussion) -> dict:
    own = {"id", "author", "form_key"}
    return {
        field.attname: getattr(discussion, field.attname)
        for field in Discussion._meta.concrete_fields
        if field.name not in own
    }


def _choose(discussion: Discussion, themes: Iterable[Theme], principles: Iterable[Principle]) -> None:
    discussion.themes.set(themes)
    discussion.principles.set(principles)
