from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from courses import forms, queries, rules
from courses.queries.content import material_row

PER_PAGE = 30


def course(request, slug):
    """A course's public description."""
    page = queries.course_for_public(request.user, slug)
    if page is None:
        raise Http404
    may_plan = rules.can_plan_cohorts(request.user, page)
    return render(request, "courses/course_page.html", {"page": page, "may_plan": may_plan})


@login_required
def mine(request):
    """The days of the cohorts a person sits in (or runs), and where the person is on the round."""
    now = timezone.now()
    days = list(queries.days_for_person(request.user))
    own = {cohort.pk: cohort for cohort in queries.courses_for_person(request.user)}
    context = {
        "now": now,
        "cohorts": _by_cohort(days, own),
        "loop": queries.loop_for(request.user, now) if own else queries.loop_outline(),
        "is_kursist": bool(own),
    }
    return render(request, "courses/mine.html", context)


@login_required
def library(request):
    """The materials of one's courses, by day and type."""
    days = queries.days_for_person(request.user).order_by("number").values_list("number", flat=True).distinct()
    form = forms.LibraryForm(request.GET, days=days)
    materials = queries.materials_for_person(request.user, **form.chosen())
    page = Paginator(materials, PER_PAGE).get_page(request.GET.get("side"))
    rows = [
        {**material_row(material), "day_number": material.day_number, "day_title": material.day_title}
        for material in page
    ]
    return render(request, "courses/library.html", {"form": form, "page": page, "rows": rows})


def _by_cohort(days, own):
    """Own cohorts first; a provider's people see the ones they run."""
    cohorts: dict = {}
    for day in days:
        cohorts.setdefault(day.cohort_id, {"cohort": day.cohort, "days": []})["days"].append(day)
    return sorted(cohorts.values(), key=lambda row: (row["cohort"].pk not in own, -row["cohort"].pk))
