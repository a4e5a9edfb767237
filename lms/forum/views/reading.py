from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.forum import actions, forms, methods, queries, rules
from lms.forum.models import Discussion, Tried
from lms.forum.views.doors import community
from lms.people.templatetags.people_tags import sentence

THEMES_SHOWN = 8
# In the order of the page; the summary is its lead, the setting stands beside it.
SECTIONS = ("body", "context", "what_we_did", "who_took_part", "effect", "obstacles", "advice", "materials")


@community
def discussions(request):
    wanted = methods.wanted_from(request.GET)
    hits = queries.found_ids(request.user, wanted.text) if wanted.text else None
    cards, has_more = queries.cards_for(request.user, wanted, hits, after=request.GET.get("efter", ""))
    facets = queries.facets_for(request.user, wanted, hits)
    context = {
        "wanted": wanted,
        "cards": cards,
        "facets": facets,
        "themes": _themes(facets, show_all="alle" in request.GET),
        "all_themes_url": _address(wanted, alle=1),
        "chosen": _chosen(wanted, facets),
        "about": sentence([theme.label for theme in facets.themes if theme.is_chosen]),
        "next_url": _next(wanted, cards) if has_more else "",
        "first_url": _address(wanted) if "efter" in request.GET else "",
        "list_url": reverse("forum:discussions"),
        "can_write": rules.can_write(request.user),
        "now": timezone.now(),
    }
    return render(request, "forum/discussions.html", context)


@community
def discussion(request, pk: int):
    found = get_object_or_404(queries.discussions_for_reading(request.user), pk=pk)
    return discussion_page(request, found)


def discussion_page(request, found: Discussion, **bound):
    """The page of one discussion; ``bound`` are forms that came back with something to correct."""
    user, now = request.user, timezone.now()
    posts, next_start = queries.posts_page(found, user, start=methods.read_id(request.GET.get("fra", "")))
    trials = queries.trials_of(found)
    actions.freshen(discussion=found, posts=posts)
    _mark_new(posts, found, user)
    context = {
        "discussion": found,
        "sections": _sections(found),
        "posts": posts,
        "next_start": next_start,
        "has_earlier": "fra" in request.GET,
        "trials": trials,
        "tally": methods.tally(_outcomes(trials)),
        "places": _places(trials),
        "beside": queries.beside(found, user),
        "reports": queries.reports_for(user, found) if rules.can_moderate(user) else [],
        "can_edit": rules.can_edit(user, found),
        "can_reply": rules.can_write(user) and not found.is_draft and not found.is_hidden,
        "can_try": rules.can_try(user, found),
        "can_moderate": rules.can_moderate(user),
        "reply_form": forms.ReplyForm(),
        "tried_form": forms.TriedForm(initial=_own_trial(trials, user)),
        "round": round_at_practice(),
        "list_url": reverse("forum:discussions"),
        "now": now,
        **bound,
    }
    response = render(request, "forum/discussion.html", context)
    if not next_start and found.seen_at and found.seen_at < found.last_activity_at:
        actions.see(discussion=found, person=user, now=now)
    return response


def round_at_practice() -> list[dict]:
    """The round, with this page as the fourth of its five steps."""
    names = [_("Teaching day"), _("Trial"), _("Supervision"), _("Practice description"), _("Tried by others")]
    states = ["done", "done", "done", "here", "next"]
    return [{"name": name, "state": state} for name, state in zip(names, states, strict=True)]


def _themes(facets, *, show_all):
    if show_all:
        return facets.themes
    return [theme for number, theme in enumerate(facets.themes) if theme.is_chosen or number < THEMES_SHOWN]


def _chosen(wanted, facets):
    """The choices above the list, each with the address without it."""
    groups = {"kinds": facets.kinds, "themes": facets.themes, "principles": facets.principles}
    return [
        {"label": option.label, "facet": name, "url": _address(wanted.without(name, option.value))}
        for name, options in groups.items()
        for option in options
        if option.is_chosen
    ]


def _address(wanted, **more):
    pairs = [*wanted.pairs(), *more.items()]
    return f"{reverse('forum:discussions')}?{urlencode(pairs)}" if pairs else reverse("forum:discussions")


def _next(wanted, cards):
    return _address(wanted, efter=methods.bookmark(cards[-1].last_activity_at, cards[-1].pk))


def _sections(found):
    names = {**forms.PRACTICE_HEADINGS, "body": ""}
    return [{"heading": names[name], "html": found.html[name]} for name in SECTIONS if found.html.get(name)]


def _mark_new(posts, found, user):
    for post in posts:
        post.is_new = bool(found.seen_at) and post.created_at > found.seen_at and post.author_id != user.pk


def _outcomes(trials: list[Tried]):
    return [(trial.organisation_id, trial.outcome) for trial in trials if trial.organisation.is_municipality]


def _places(trials: list[Tried]):
    places = {
        trial.organisation.name: trial.organisation.code for trial in trials if trial.organisation.is_municipality
    }
    return list(places.items())


def _own_trial(trials: list[Tried], user):
    own = next((trial for trial in trials if trial.person_id == user.pk), None)
    return {"outcome": own.outcome, "remark": own.remark} if own else None
