from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import actions, forms, queries
from lms.meetings.forms.dates import with_typed
from lms.meetings.queries import Period, clashes_for, seen_as, trainers_of


@login_required
def new_cohort(request, slug):
    """One form with two buttons: propose dates, and make the cohort; from scratch, or like another of the course's."""
    page, now = queries.course_to_plan(request.user, slug), timezone.now()
    if page is None:
        raise Http404
    copy = _copy(request, page)
    about = {"course": page.course, "days": list(queries.days_of_course(page)), "now": now}
    about["trainers"] = list(trainers_of(page.course.provider))
    if request.method == "POST" and request.POST.get("step") == "create":
        return _create(request, page, copy, about)
    form = _form(copy, about, request.POST or None, proposing=True)
    context = {"page": page, "form": form, "copy": copy, "now": now}
    if form.can_propose():
        typed, context["passed_over"] = form.proposed()
        context["form"] = _form(copy, about, with_typed(request.POST, typed), proposing=True)
    return render(request, "courses/new_cohort.html", context)


def _copy(request, page):
    """The cohort that is copied, named in the address first and in the form from then on."""
    source = request.POST.get("fra") or request.GET.get("fra")
    if not source:
        return None
    copy = queries.cohort_to_copy(request.user, page, source)
    if copy is None:
        raise Http404
    return copy


def _form(copy, about, data, **more):
    if copy is None:
        return forms.NewCohortForm(data, **about, **more)
    initial = copy.common | {"capacity": copy.cohort.capacity, "trainers": copy.trainers}
    return forms.CopiedCohortForm(data, source=copy.days, common=copy.common, initial=initial, **about, **more)


def _create(request, page, copy, about):
    form = _form(copy, about, request.POST)
    context = {"page": page, "form": form, "copy": copy, "now": about["now"]}
    if about["days"] and form.is_valid():
        context["clashes"] = clashes = _clashes(page, form)
        context["seen"] = seen = seen_as(clashes)
        # The tick is for the clashes that were shown: a date moved since then is asked about anew.
        if not clashes or request.POST.get("anyway") == seen:
            made = _made(request, page, copy, form, about["now"])
            return made or render(request, "courses/new_cohort.html", context)
    return render(request, "courses/new_cohort.html", context)


def _clashes(page, form):
    slots = form.cleaned_data["slots"]
    periods = [Period(slot["starts_at"], slot["ends_at"], slot["place"], slot["room"]) for slot in slots]
    return clashes_for(provider=page.course.provider, periods=periods, people=form.cleaned_data["trainers"])


def _made(request, page, copy, form, now):
    asked = {name: form.cleaned_data[name] for name in ("name", "capacity", "slots", "trainers")}
    like = copy.cohort if copy else None
    try:
        cohort = actions.create_cohort(course_page=page, by=request.user, now=now, like=like, **asked)
    except actions.NameTaken:
        form.refuse_name()
        return None
    messages.success(request, _("The cohort has been made, with all its days."))
    return redirect("meetings:cohort", slug=cohort.slug)
