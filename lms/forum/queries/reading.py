from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast

from lms.forum.models import Discussion, Post, Report, Tried
from lms.people.models import Organisation
from lms.programme.models import Principle, Theme

REPLIES = 50
RELATED = 3
BLANK = Value("")
# As Organisation.outline_code has it.
OUTLINE_CODE = Case(
    When(organisation__kind=Organisation.Kind.MUNICIPALITY, then=F("organisation__code")),
    default=BLANK,
    output_field=CharField(),
)


@dataclass(frozen=True)
class Label:
    """A theme or a principle, as it stands beside a discussion."""

    value: str
    name: str


@dataclass(frozen=True)
class Related:
    """Another discussion about the same."""

    pk: int
    kind: str
    title: str
    author: str
    place: str
    code: str
    reply_count: int

    @property
    def kind_label(self) -> str:
        return str(Discussion.Kind(self.kind).label)


@dataclass(frozen=True)
class Beside:
    themes: list[Label]
    principles: list[Label]
    related: list[Related]


def discussions_for_reading(user):
    """What a person may open, with author and place and how far that person has read."""
    return Discussion.objects.visible_to(user).select_related("author", "organisation").with_reader(user)


def beside(discussion: Discussion, user) -> Beside:
    """Themes, principles and what else there is about the same, in one query."""
    rows = defaultdict(list)
    found = _labels(Theme, "slug", "name", discussion).union(
        _labels(Principle, "number", "name", discussion), _related(discussion, user), all=True
    )
    for section, *row in found:
        rows[section].append(row)
    return Beside(
        themes=sorted((_label(row) for row in rows["theme"]), key=lambda theme: theme.name.lower()),
        principles=sorted((_label(row) for row in rows["principle"]), key=lambda principle: principle.value),
        related=sorted((Related(*row) for row in rows["related"]), key=lambda related: -related.pk),
    )


def posts_page(discussion: Discussion, user, start: int = 0) -> tuple[list[Post], int]:
    """Replies from ``start`` on, and where the next page begins (0: this is the last one)."""
    visible = discussion.posts.visible_to(user).select_related("author", "organisation")
    posts = list(visible.filter(pk__gte=start).order_by("pk")[: REPLIES + 1])
    return posts[:REPLIES], posts[REPLIES].pk if len(posts) > REPLIES else 0


def trials_of(discussion: Discussion) -> list[Tried]:
    """Who has tried it and how it went, oldest first; nothing is asked for what cannot be tried."""
    if not discussion.can_be_tried:
        return []
    return list(discussion.tried.select_related("person", "organisation").order_by("pk"))


def reports_for(user, discussion: Discussion) -> list[Report]:
    """What moderators have not dealt with yet."""
    return list(Report.objects.visible_to(user).waiting().filter(discussion=discussion).order_by("pk"))


def _labels(model, value, name, discussion):
    rows = model.objects.filter(discussions=discussion).order_by()
    return rows.values_list(
        Value(model._meta.model_name),
        *(Value(0, IntegerField()), _text(value), _text(name), BLANK, BLANK, BLANK, Value(0, IntegerField())),
    )


def _related(discussion, user):
    themes = Discussion.themes.through.objects
    own = themes.filter(discussion=discussion).values("theme")
    others = themes.filter(theme__in=own).values("discussion")
    listed = Discussion.objects.visible_to(user).shared().filter(pk__in=others).exclude(pk=discussion.pk)
    newest = listed.order_by("-last_activity_at", "-pk").values("pk")[:RELATED]
    return (
        Discussion.objects.filter(pk__in=newest)
        .order_by()
        .values_list(
            Value("related"),
            *("pk", _text("kind"), _text("title"), _text("author__name")),
            *(_text("organisation__name"), OUTLINE_CODE, "reply_count"),
        )
    )


def _label(row):
    _nothing, value, name, *_rest = row
    return Label(value, name)


def _text(name):
    return Cast(F(name), CharField())
