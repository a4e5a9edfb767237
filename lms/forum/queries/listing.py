from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast

from lms.forum.methods import Wanted, read_bookmark
from lms.forum.models import Discussion, Tried
from lms.programme.models import Principle, Theme

PAGE = 20


@dataclass(frozen=True)
class Option:
    """One choice of a facet, and how many discussions it has beside the choices of the other facets."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facets:
    kinds: list[Option]
    themes: list[Option]
    principles: list[Option]
    draft_count: int

    @property
    def hit_count(self) -> int:
        chosen = [kind for kind in self.kinds if kind.is_chosen]
        return sum(kind.count for kind in chosen or self.kinds)


def cards_for(user, wanted: Wanted, hits: list[int] | None = None, after: str = "") -> tuple[list[Discussion], bool]:
    """A page of the list, and whether there are more. ``hits`` are the ids a search has found, the best first."""
    rows = _narrowed(_listed(user, wanted), wanted, hits).as_cards().with_reader(user)
    page = _newest(rows, after) if hits is None else _best(rows, hits, after)
    _add_places(page[:PAGE])
    return page[:PAGE], len(page) > PAGE


def facets_for(user, wanted: Wanted, hits: list[int] | None = None) -> Facets:
    """All choices with their counts, in one query."""
    listed = _listed(user, wanted)
    counted = _counted_kinds(_narrowed(listed, wanted, hits, leave="kinds")).union(
        _counted(Theme, "slug", "name", _narrowed(listed, wanted, hits, leave="themes")),
        _counted(Principle, "number", "short_name", _narrowed(listed, wanted, hits, leave="principles")),
        _counted_drafts(user),
        all=True,
    )
    rows: dict[str, dict] = defaultdict(dict)
    for facet, value, label, count in counted:
        rows[facet][value] = (label, count)
    return Facets(
        kinds=_kind_options(rows["kind"], wanted),
        themes=_theme_options(rows["theme"], wanted),
        principles=_principle_options(rows["principle"], wanted),
        draft_count=sum(count for _label, count in rows["draft"].values()),
    )


def new_discussions_for(user, limit: int = 5) -> list[Discussion]:
    """What is new in the community: by others, the newest first, with ``seen_at`` where the person follows."""
    shared = Discussion.objects.visible_to(user).shared().exclude(author=user)
    return list(shared.as_cards().with_reader(user).order_by("-created_at", "-pk")[:limit])


def _listed(user, wanted):
    visible = Discussion.objects.visible_to(user)
    return visible.drafts_of(user) if wanted.drafts else visible.filter(is_draft=False)


def _narrowed(rows, wanted, hits, leave=""):
    if hits is not None:
        rows = rows.filter(pk__in=hits)
    if wanted.kinds and leave != "kinds":
        rows = rows.filter(kind__in=wanted.kinds)
    if wanted.themes and leave != "themes":
        rows = rows.filter(pk__in=_about("themes", theme__slug__in=wanted.themes))
    if wanted.principles and leave != "principles":
        rows = rows.filter(pk__in=_about("principles", principle__number__in=wanted.principles))
    return rows


def _about(facet, **chosen):
    # A subquery, because a join would show a discussion twice that has two of the chosen themes.
    return getattr(Discussion, facet).through.objects.filter(**chosen).values("discussion_id")


def _newest(rows, after):
    if bookmark := read_bookmark(after):
        moment, pk = bookmark
        rows = rows.filter(Q(last_activity_at__lt=moment) | Q(last_activity_at=moment, pk__lt=pk))
    return list(rows.order_by("-last_activity_at", "-pk")[: PAGE + 1])


def _best(rows, hits, after):
    place = {pk: number for number, pk in enumerate(hits)}
    bookmark = read_bookmark(after)
    passed = place.get(bookmark[1], -1) if bookmark else -1
    ordered = sorted((row for row in rows if place[row.pk] > passed), key=lambda row: place[row.pk])
    return list(islice(ordered, PAGE + 1))


def _add_places(cards):
    """Beside each card the municipalities that have tried it, in one query for them all."""
    places: dict[int, dict] = defaultdict(dict)
    trials = Tried.objects.filter(discussion__in=[card.pk for card in cards]).elsewhere()
    rows = trials.order_by("pk").values_list("discussion_id", "organisation__name", "organisation__code")
    for pk, name, code in rows:
        places[pk][name] = code
    for card in cards:
        card.places = list(places[card.pk].items())


def _counted_kinds(rows):
    counted = rows.order_by().values("kind").annotate(n=Count("pk"))
    return counted.values_list(Value("kind"), _text("kind"), Value(""), "n")


def _counted(model, value, label, rows):
    within = Q(discussions__in=rows.order_by().values("pk"))
    counted = model.objects.order_by().annotate(n=Count("discussions", filter=within))
    return counted.values_list(Value(model._meta.model_name), _text(value), _text(label), "n")


def _counted_drafts(user):
    drafts = Discussion.objects.drafts_of(user).order_by().values("is_draft").annotate(n=Count("pk"))
    return drafts.values_list(Value("draft"), Value(""), Value(""), "n")


def _text(name):
    return Cast(F(name), CharField())


def _kind_options(rows, wanted):
    none = ("", 0)
    return [
        Option(kind.value, str(kind.label), rows.get(kind.value, none)[1], kind.value in wanted.kinds)
        for kind in Discussion.Kind
    ]


def _theme_options(rows, wanted):
    options = (Option(slug, label, count, slug in wanted.themes) for slug, (label, count) in rows.items())
    used = [option for option in options if option.count or option.is_chosen]
    return sorted(used, key=lambda option: (not option.is_chosen, -option.count, option.label.lower()))


def _principle_options(rows, wanted):
    chosen = {str(number) for number in wanted.principles}
    options = [Option(number, f"{number}. {label}", count, number in chosen) for number, (label, count) in rows.items()]
    return sorted(options, key=lambda option: int(option.value))
