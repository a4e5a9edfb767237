from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.people.models import User
from supervision import actions, queries, rules
from supervision.forms import LearningForm, NextStepForm, TellForm
from supervision.models import Learning, NextStep, SupervisionDay
from supervision.views.doors import confidential


@confidential
def note_learning(request, pk):
    """A member notes a learning of their own; the supervisor notes it for a focus person, who approves it."""
    day = get_object_or_404(SupervisionDay.objects.visible_to(request.user).with_meeting(), pk=pk)
    is_member = rules.can_write_for(request.user, day)
    people = [] if is_member else queries.people_for_choice(day.group)
    form = LearningForm(request.POST or None, people=people)
    if not form.is_valid():
        return render(request, "supervision/note_learning.html", {"day": day, "form": form})
    focus_person = (
        request.user if is_member else User.objects.visible_to(request.user).get(pk=form.cleaned_data["focus_person"])
    )
    actions.note_learning(
        day=day, focus_person=focus_person, text=form.cleaned_data["text"], by=request.user, now=timezone.now()
    )
    messages.success(request, _("The learning is noted."))
    return redirect("supervision:day", pk=day.pk)


@confidential
@require_POST
def approve_learning(request, pk):
    learning = get_object_or_404(Learning.objects.visible_to(request.user), pk=pk)
    if not rules.can_approve_learning(request.user, learning):
        raise Http404
    actions.approve_learning(learning=learning, by=request.user, now=timezone.now())
    messages.success(request, _("You have approved the learning. The group keeps it."))
    return redirect("supervision:day", pk=learning.day_id)


@confidential
def add_next_step(request, pk):
    days = SupervisionDay.objects.of_member(request.user).with_meeting()
    day = get_object_or_404(days, pk=pk)
    form = NextStepForm(request.POST or None, today=timezone.localdate())
    if not form.is_valid():
        return render(request, "supervision/add_next_step.html", {"day": day, "form": form})
    actions.add_next_step(day=day, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Your next step is noted. The group asks about it next time."))
    return redirect("supervision:day", pk=day.pk)


@confidential
def tell_next_step(request, pk):
    step = get_object_or_404(NextStep.objects.visible_to(request.user).select_related("day"), pk=pk)
    if not rules.can_tell_next_step(request.user, step):
        raise Http404
    initial = None if step.is_planned else {"status": step.status, "follow_up": step.follow_up}
    form = TellForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return render(request, "supervision/tell_next_step.html", {"step": step, "form": form})
    actions.tell_next_step(step=step, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Thank you. The group sees what came of it."))
    return redirect("supervision:home")
