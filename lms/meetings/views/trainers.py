"""Who leads a day, as a coordinator sets it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.meetings import actions
from lms.meetings.forms.trainers import TrainersForm, numbers
from lms.meetings.models import Invitee, Meeting
from lms.meetings.queries import Period, clashes_for, seen_as, trainers_of


@login_required
def trainers(request, pk):
    organised = Meeting.objects.organised_by(request.user)
    meeting = get_object_or_404(organised.select_related("cohort__course__provider", "group__supervisor"), pk=pk)
    if meeting.is_cancelled:
        return _cancelled(request, meeting)
    form = _form(request, meeting)
    context = {"meeting": meeting, "form": form, "now": timezone.now()}
    if form.is_valid():
        clashes = _clashes(meeting, form)
        if not clashes or request.POST.get("anyway") == seen_as(clashes):
            return _set(request, meeting, form, context)
        context |= {"clashes": clashes, "seen": seen_as(clashes)}
    return render(request, "meetings/trainers.html", context)


def _form(request, meeting):
    leading = [row.person for row in _leading(meeting)]
    fixed = meeting.group.supervisor if meeting.group else None
    choice = list(trainers_of(meeting.cohort.course.provider))
    return TrainersForm(request.POST or None, choice=choice, leading=leading, fixed=fixed)


def _leading(meeting):
    return meeting.invitees.active().filter(role=Invitee.Role.TRAINER).select_related("person")


def _clashes(meeting, form):
    """Of those who are new: whoever leads it already knows."""
    new = [person for person in form.cleaned_data["trainers"] if person.pk not in form.cleaned_data["seen"]]
    period = Period(meeting.starts_at, meeting.ends_at)
    return clashes_for(provider=meeting.cohort.course.provider, periods=[period], people=new, ignoring=[meeting.pk])


def _set(request, meeting, form, context):
    chosen = form.cleaned_data
    try:
        actions.set_trainers(meeting=meeting, by=request.user, now=timezone.now(), **chosen)
    except actions.MeetingIsCancelled:
        return _cancelled(request, meeting)
    except actions.ChangedMeanwhile:
        return _show_both(request, meeting, form, context)
    messages.success(request, _("Saved. New trainers get the day in their calendars, and it leaves the others'."))
    return redirect("meetings:meeting", pk=meeting.pk)


def _show_both(request, meeting, form, context):
    """What was ticked stays in the form; beside it who leads the day by now."""
    leading = [row.person for row in _leading(meeting)]
    form.data = form.data.copy()
    form.data["seen"] = numbers(leading)
    return render(request, "meetings/trainers.html", context | {"is_conflict": True, "leading": leading}, status=409)


def _cancelled(request, meeting):
    messages.error(request, _("The day is cancelled and cannot be changed."))
    return redirect("meetings:meeting", pk=meeting.pk)
