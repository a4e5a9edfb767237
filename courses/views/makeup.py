from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from courses import actions, forms, queries
from courses.models import MakeUp
from lms.meetings.models import Meeting
from lms.people.models import Role, access_of

REFUSALS = {
    actions.AskedAlready: gettext_lazy("You have asked for another day. Withdraw that first."),
    actions.NotMissed: gettext_lazy("That day cannot be chosen any more."),
}
ANSWERS = {
    MakeUp.State.AGREED: gettext_lazy("Agreed. The kursist gets the day in the calendar."),
    MakeUp.State.ASKED: gettext_lazy("Your yes is noted. The other coordinator's is still missing."),
    MakeUp.State.WAITING: gettext_lazy("The day is full now. The request waits for the next free seat."),
    MakeUp.State.WITHDRAWN: gettext_lazy("The day has begun or is called off, so the request is closed."),
}


@login_required
def make_up(request, pk):
    """The same teaching day with other cohorts, for one that was declined or missed."""
    meeting, enrolment, day = _missed_or_404(request, pk)
    now = timezone.now()
    days = queries.other_days_for(day, request.user, now)
    form = forms.InsteadForm(request.POST or None, days=days)
    if request.method == "POST":
        return _ask(request, meeting, form, days, now)
    asked = queries.make_up_for(enrolment, meeting)
    holds = asked is not None and queries.holds(asked, now)
    is_ahead = asked is not None and asked.instead.starts_at > now
    context = {"meeting": meeting, "days": days, "asked": asked, "holds": holds, "is_ahead": is_ahead, "now": now}
    return render(request, "courses/make_up.html", context)


@login_required
def make_ups(request):
    """Open requests: own ones, those of own people, and those that wait for one's yes."""
    rows = list(queries.make_ups_for(request.user))
    return _list(request, rows, None, None)


@require_POST
@login_required
def answer_make_up(request, pk):
    make_up = get_object_or_404(MakeUp.objects.run_by(request.user), pk=pk)
    form = forms.MakeUpAnswerForm(request.POST)
    if not form.is_valid():
        return _list(request, list(queries.make_ups_for(request.user)), form, pk)
    how = {"make_up": make_up, "by": request.user, "now": timezone.now()}
    try:
        messages.success(request, _answer(form.cleaned_data, how))
    except actions.NotOpen:
        messages.error(request, _("The request has been answered or withdrawn meanwhile."))
    return redirect("courses:make_ups")


@require_POST
@login_required
def withdraw_make_up(request, pk):
    make_up = get_object_or_404(MakeUp.objects.own(request.user), pk=pk)
    actions.withdraw_make_up(make_up=make_up, by=request.user, now=timezone.now())
    messages.success(request, _("Your request is withdrawn."))
    return redirect("courses:make_up", pk=make_up.missed_id)


def _missed_or_404(request, pk):
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("cohort__course"), pk=pk)
    found = queries.missed_day_for(meeting, request.user)
    if found is None:
        raise Http404
    return (meeting, *found)


def _ask(request, meeting, form, days, now):
    if not form.is_valid():
        messages.error(request, REFUSALS[actions.NotMissed])
        return redirect("courses:make_up", pk=meeting.pk)
    instead = next(other.meeting for other in days if other.meeting.pk == form.cleaned_data["instead"])
    try:
        asked = actions.ask_make_up(missed=meeting, instead=instead, by=request.user, now=now)
    except tuple(REFUSALS) as error:
        messages.error(request, REFUSALS[type(error)])
    else:
        messages.success(request, _what_next(asked))
    return redirect("courses:make_up", pk=meeting.pk)


def _what_next(asked):
    if asked.state == MakeUp.State.WAITING:
        return _("The day is full. You are asked for as soon as a seat is free.")
    return _("The coordinators have been asked. You get a mail when they have answered.")


def _answer(data, how):
    if data["decision"] == "refuse":
        actions.refuse_make_up(reason=data["reason"], **how)
        return _("Refused. The kursist gets a mail with your reason.")
    return ANSWERS[MakeUp.State(actions.agree_make_up(**how).state)]


def _list(request, rows, form, refused):
    """The form with what was typed stands at the request it is about."""
    run = set(access_of(request.user).organisations(Role.PROVIDER_COORDINATOR))
    lines = [
        {
            "make_up": row,
            "may_answer": bool(run & {row.missed.cohort.course.provider_id, row.instead.cohort.course.provider_id}),
            "form": form if row.pk == refused else None,
        }
        for row in rows
    ]
    context = {"lines": lines, "form": form, "now": timezone.now()}
    return render(request, "courses/make_ups.html", context)
