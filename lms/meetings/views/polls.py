from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.meetings import actions, queries
from lms.meetings.forms.polls import DatesForm, PollAnswersForm
from lms.meetings.models import DatePoll, DatePollAnswer, SupervisionGroup


@login_required
def polls(request, pk):
    """A group's polls about dates, for its members and those who set its dates."""
    groups = SupervisionGroup.objects
    open_to = groups.open_to(request.user) | groups.organised_by(request.user)
    group = get_object_or_404(open_to.select_related("cohort"), pk=pk)
    now = timezone.now()
    context = {
        "group": group,
        "lines": queries.polls_for_group(group, now),
        "may_ask": groups.organised_by(request.user).filter(pk=pk).exists(),
        "now": now,
    }
    return render(request, "meetings/polls.html", context)


@login_required
def ask_dates(request, pk):
    scheduled = SupervisionGroup.objects.organised_by(request.user)
    group = get_object_or_404(scheduled.select_related("cohort"), pk=pk)
    if group.cohort.is_cancelled:
        messages.error(request, _("The cohort is cancelled, so no new dates can be set."))
        return redirect("meetings:polls", pk=pk)
    now = timezone.now()
    form = DatesForm(request.POST or None, now=now)
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("title", "slots")}
        poll = actions.ask_dates(group=group, closes_at=form.closes_at(), by=request.user, now=now, **asked)
        messages.success(request, _("The group has been asked. Everybody in it gets a mail."))
        return redirect("meetings:poll", pk=poll.pk)
    return render(request, "meetings/ask_dates.html", {"group": group, "form": form})


@login_required
def poll(request, pk):
    """One page to answer on and to see how it stands."""
    poll = get_object_or_404(_visible(request), pk=pk)
    now = timezone.now()
    tally = queries.tally_for(poll, request.user)
    form = PollAnswersForm(request.POST or None, options=[row.option for row in tally.options])
    if request.method == "POST" and form.is_valid():
        return _answer(request, poll, form, now)
    context = {
        "poll": poll,
        "tally": tally,
        "form": form,
        "rows": [_row(row, form) for row in tally.options],
        "is_open": poll.is_open(now),
        "is_member": any(line.place.enrolment.person_id == request.user.pk for line in tally.members),
        "may_run": DatePoll.objects.run_by(request.user).filter(pk=pk).exists(),
        "now": now,
    }
    return render(request, "meetings/poll.html", context)


@require_POST
@login_required
def nudge_poll(request, pk):
    poll = get_object_or_404(DatePoll.objects.run_by(request.user), pk=pk)
    try:
        missing = actions.nudge(poll=poll, by=request.user, now=timezone.now())
    except actions.PollClosed:
        messages.error(request, _("The poll is closed."))
    else:
        told = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", missing) % {"n": missing}
        messages.success(request, told + " " + _("Nobody gets more than one reminder a day."))
    return redirect("meetings:poll", pk=pk)


@require_POST
@login_required
def close_poll(request, pk):
    poll = get_object_or_404(DatePoll.objects.run_by(request.user), pk=pk)
    actions.close_poll(poll=poll, by=request.user, now=timezone.now())
    messages.success(request, _("The poll is closed."))
    return redirect("meetings:poll", pk=pk)


def _visible(request):
    return DatePoll.objects.visible_to(request.user).select_related("group__cohort", "chosen")


def _answer(request, poll, form, now):
    try:
        actions.answer_poll(poll=poll, person=request.user, answers=form.answers(), now=now)
    except actions.PollClosed:
        messages.error(request, _("The poll is closed, so your answer was not saved."))
    except actions.NotInTheGroup:
        messages.error(request, _("Only those in the group answer."))
    else:
        messages.success(request, _("Thank you. You can change your answer until the poll closes."))
    return redirect("meetings:poll", pk=poll.pk)


def _row(row, form):
    """A date with its three choices, the one that holds ticked: what was sent, or what is stored."""
    name = f"option-{row.option.pk}"
    chosen = form.data.get(name, "") if form.is_bound else row.own
    choices = [(answer.value, answer.label, answer.value == chosen) for answer in DatePollAnswer.Answer]
    return {"name": name, "option": row.option, "clash": row.clash, "choices": choices}
