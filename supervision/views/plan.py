"""A group's supervision days in one form: propose, correct, make."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.meetings import actions as meetings
from lms.meetings.forms.dates import with_typed
from lms.meetings.models import SupervisionGroup
from lms.meetings.queries import Period, clashes_for, seen_as
from lms.meetings.queries.polls import members_of
from supervision import actions, queries
from supervision.forms.days import PlanDaysForm, number_of_days
from supervision.views.doors import confidential


@confidential
def plan_days(request, pk):
    groups = SupervisionGroup.objects.organised_by(request.user)
    group = get_object_or_404(groups.select_related("cohort__course__provider", "supervisor"), pk=pk)
    if group.cohort.is_cancelled:
        return _cancelled(request, group)
    now, last = timezone.now(), queries.last_number_of(group)
    if request.POST.get("step") == "create" and request.POST.get("last") != str(last):
        messages.info(
            request, _("The group has got days since you opened the page. Look at them before you plan more.")
        )
        return redirect("meetings:cohort", slug=group.cohort.slug)
    rows = [{"number": last + place} for place in range(1, number_of_days(request.POST) + 1)]
    about = {"days": rows, "now": now, "initial": {"last": last}}
    if request.POST.get("step") == "create":
        return _create(request, group, PlanDaysForm(request.POST, **about), now)
    form = PlanDaysForm(request.POST or None, proposing=True, **about)
    context = {"group": group, "form": form, "now": now}
    if form.can_propose() and "count" not in form.errors:
        typed, context["passed_over"] = form.proposed()
        context["form"] = PlanDaysForm(with_typed(request.POST, typed), proposing=True, **about)
    return render(request, "supervision/plan_days.html", context)


def _create(request, group, form, now):
    context = {"group": group, "form": form, "now": now}
    if form.is_valid():
        context["clashes"] = clashes = _clashes(group, form.cleaned_data["slots"])
        context["seen"] = seen = seen_as(clashes)
        if not clashes or request.POST.get("anyway") == seen:
            return _made(request, group, form, now)
    return render(request, "supervision/plan_days.html", context)


def _clashes(group, slots):
    periods = [Period(slot["starts_at"], slot["ends_at"], slot["place"], slot["room"]) for slot in slots]
    people = [group.supervisor, *members_of(group)]
    return clashes_for(provider=group.cohort.course.provider, periods=periods, people=people)


def _made(request, group, form, now):
    try:
        actions.plan_supervision_days(group=group, slots=form.cleaned_data["slots"], by=request.user, now=now)
    except meetings.CohortIsCancelled:
        return _cancelled(request, group)
    messages.success(request, _("The days are planned. Everybody in the group gets them in the calendar."))
    return redirect("meetings:cohort", slug=group.cohort.slug)


def _planned_meanwhile(request, group):
    """Also the second of two clicks."""
    messages.info(request, _("The group has got days since you opened the page. Look at them before you plan more."))
    return redirect("meetings:cohort", slug=group.cohort.slug)


def _cancelled(request, group):
    messages.error(request, _("The cohort is cancelled, so no new dates can be set."))
    return redirect("meetings:cohort", slug=group.cohort.slug)
