"""Making and changing a supervision group, as the provider's coordinators do it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.meetings import actions, rules
from lms.meetings.forms.groups import ChangeGroupForm, GroupForm
from lms.meetings.models import Cohort, SupervisionGroup
from lms.meetings.queries import groups as queries


@login_required
def new_group(request, slug):
    cohorts = Cohort.objects.visible_to(request.user).select_related("course__provider")
    cohort = _of_coordinator(request, get_object_or_404(cohorts, slug=slug))
    if cohort.is_cancelled:
        return _nothing_changes(request, cohort)
    form = GroupForm(request.POST or None, others=cohort.groups.all(), **_people(cohort))
    if form.is_valid() and (group := _saved(request, form, actions.create_group, cohort=cohort)):
        return _done(request, group, _("The group has been made."))
    return render(request, "meetings/new_group.html", {"cohort": cohort, "form": form})


@login_required
def change_group(request, pk):
    groups = SupervisionGroup.objects.visible_to(request.user)
    group = get_object_or_404(groups.select_related("cohort__course__provider", "supervisor"), pk=pk)
    cohort = _of_coordinator(request, group.cohort)
    if cohort.is_cancelled:
        return _nothing_changes(request, cohort)
    places = queries.places_in(group)
    about = {"others": cohort.groups.exclude(pk=pk), "group": group, "places": places, **_people(cohort)}
    form = ChangeGroupForm(request.POST or None, **about)
    context = {"cohort": cohort, "group": group, "form": form, "hints": queries.hints_for_group(places)}
    if form.is_valid():
        try:
            changed = _saved(request, form, actions.change_group, group=group)
        except actions.ChangedMeanwhile:
            return _show_both(request, context, places)
        if changed:
            return _done(request, changed, _("The group has been saved."))
    return render(request, "meetings/change_group.html", context)


def _of_coordinator(request, cohort):
    if not rules.can_organise(request.user, cohort):
        raise Http404
    return cohort


def _people(cohort):
    """Who may lead a group of the cohort, and who may still be put into one."""
    supervisors = queries.supervisors_of(cohort.course.provider)
    return {"supervisors": supervisors, "candidates": queries.without_group(cohort)}


def _nothing_changes(request, cohort):
    messages.info(request, _("The cohort is cancelled, so its groups stay as they are."))
    return redirect("meetings:cohort", cohort.slug)


def _saved(request, form, action, **about):
    """The group, or nothing when somebody was quicker: then the form says with what."""
    now = timezone.now()
    moment = {"now": now, "on": timezone.localdate(now)}
    try:
        return action(by=request.user, **about, **moment, **form.cleaned_data)
    except actions.GroupNameTaken:
        form.refuse_name()
    except (actions.InAnotherGroup, actions.NotEnrolled):
        form.refuse_members()
    except actions.CohortIsCancelled:
        form.add_error(None, _("The cohort is cancelled, so its groups stay as they are."))
    return None


def _done(request, group, words):
    messages.success(request, words)
    for hint in queries.hints_for_group(queries.places_in(group)):
        messages.info(request, hint)
    return redirect("meetings:cohort", group.cohort.slug)


def _show_both(request, context, places):
    """What the person typed stays in the form; beside it what somebody else has saved meanwhile."""
    form, group = context["form"], context["group"]
    form.data = form.data.copy()
    form.data["seen"] = queries.edition_of(group, places)
    context |= {"theirs": form.differing(group, places), "is_conflict": True}
    return render(request, "meetings/change_group.html", context, status=409)
