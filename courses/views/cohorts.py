from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import actions, forms, queries
from lms.meetings.queries import Period, clashes_for


@login_required
def new_cohort(request, slug):
    """One form with two buttons: propose dates, and make the cohort."""
    page, now = queries.course_to_plan(request.user, slug), timezone.now()
    if page is None:
        raise Http404
    about = {"course": page.course, "days": list(queries.days_of_course(page)), "now": now}
    about["trainers"] = list(queries.trainers_of(page.course.provider))
    if request.method == "POST" and request.POST.get("step") == "create":
        return _create(request, page, about)
    form = forms.NewCohortForm(request.POST or None, proposing=True, **about)
    context = {"page": page, "form": form, "now": now}
    if form.can_propose():
        typed, context["passed_over"] = form.proposed()
        context["form"] = forms.NewCohortForm(_with(request.POST, typed), proposing=True, **about)
    return render(request, "courses/new_cohort.html", context)


def _with(data, typed):
    """All that was typed, with the proposed dates in place of earlier ones."""
    data = data.copy()
    for name, value in typed.items():
        data[name] = value
    return data


def _create(request, page, about):
    form = forms.NewCohortForm(request.POST, **about)
    context = {"page": page, "form": form, "now": about["now"]}
    if about["days"] and form.is_valid():
        context["clashes"] = clashes = _clashes(page, form)
        context["seen"] = seen = _seen(clashes)
        # The tick is for the clashes that were shown: a date moved since then is asked about anew.
        if not clashes or request.POST.get("anyway") == seen:
            return _made(request, page, form, about["now"]) or render(request, "courses/new_cohort.html", context)
    return render(request, "courses/new_cohort.html", context)


def _clashes(page, form):
    slots = form.cleaned_data["slots"]
    periods = [Period(slot["starts_at"], slot["ends_at"], slot["place"], slot["room"]) for slot in slots]
    return clashes_for(provider=page.course.provider, periods=periods, people=form.cleaned_data["trainers"])


def _seen(clashes) -> str:
    return " ".join(f"{clash.period.starts_at:%Y%m%d%H%M}-{clash.meeting.pk}" for clash in clashes)


def _made(request, page, form, now):
    asked = {name: form.cleaned_data[name] for name in ("name", "capacity", "slots", "trainers")}
    try:
        cohort = actions.create_cohort(course_page=page, by=request.user, now=now, **asked)
    except actions.NameTaken:
        form.refuse_name()
        return None
    messages.success(request, _("The cohort has been made, with all its days."))
    return redirect("meetings:cohort", slug=cohort.slug)
