from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lms.people.queries import openings_for
from supervision import actions, queries, rules
from supervision.forms import CaseForm
from supervision.models import Case, SupervisionDay
from supervision.views.doors import confidential, prompts_of, round_steps

REFUSALS = {
    actions.DayOver: gettext_lazy(
        "The day is over or cancelled, so nothing more can be brought to it. Your text is still here: copy it."
    ),
    actions.CaseGone: gettext_lazy("The case has been deleted in the meantime. Your text is still here: copy it."),
    actions.FocusQuestionMissing: gettext_lazy("Write the question you want the group's help with."),
}


@confidential
def case(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user).with_day(), pk=pk)
    now = timezone.now()
    actions.note_case_opened(case=case, by=request.user, now=now)
    context = {
        "case": case,
        "now": now,
        "steps": round_steps(),
        "prompts": prompts_of(case),
        "author": queries.colleagues_of(case.day.group).get(case.author_id),
        "can_change": rules.can_change_case(request.user, case),
    }
    return render(request, "supervision/case.html", context)


@require_safe
@confidential
def openings(request, pk):
    """Who has opened it is told to the author alone."""
    case = _own_case(request, pk)
    opened, older = openings_for(request.user, request.GET.get("foer", ""), case)
    context = {"opened": opened, "older_url": f"?foer={older}" if older else ""}
    return render(request, "people/openings.html", {**context, "case_url": reverse("supervision:case", args=[pk])})


@confidential
def new_case(request, pk):
    days = SupervisionDay.objects.of_member(request.user).with_meeting()
    day = get_object_or_404(days, pk=pk)
    if request.method == "POST":
        return _write(request, day, None)
    if not day.is_open(timezone.now()):
        messages.error(request, _("The day is over or cancelled, so nothing more can be brought to it."))
        return redirect("supervision:day", pk=day.pk)
    return _form_page(request, day, None, CaseForm())


@confidential
def edit_case(request, pk):
    case = _own_case(request, pk)
    if request.method == "POST":
        return _write(request, case.day, case)
    initial = {**case.texts, "key": case.key, "version": case.version}
    return _form_page(request, case.day, case, CaseForm(initial=initial))


@confidential
@require_POST
def take_back_case(request, pk):
    case = actions.take_back_case(case=_own_case(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("The case is a draft again. You alone see it."))
    return redirect("supervision:case", pk=case.pk)


@confidential
def delete_case(request, pk):
    case = _own_case(request, pk)
    if request.method == "POST":
        actions.delete_case(case=case, by=request.user, now=timezone.now())
        messages.success(request, _("The case has been deleted."))
        return redirect("supervision:day", pk=case.day_id)
    return render(request, "supervision/delete_case.html", {"case": case})


def _own_case(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user).with_day(), pk=pk)
    if not rules.can_change_case(request.user, case):
        raise Http404
    return case


def _write(request, day, case):
    bring = request.POST.get("intent") == "bring"
    form = CaseForm(
        request.POST, initial=case.texts if case else None, is_for_group=bring or bool(case and case.is_brought)
    )
    if not form.is_valid():
        return _form_page(request, day, case, form)
    try:
        written = actions.write_case(
            day=day,
            key=case.key if case else form.cleaned_data["key"],
            version=form.cleaned_data["version"],
            texts=form.texts,
            bring=bring,
            by=request.user,
            now=timezone.now(),
        )
    except actions.CaseChanged as changed:
        return _conflict_page(request, day, case, form, changed.case)
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
        return _form_page(request, day, case, form)
    return _written(request, written)


def _written(request, case):
    if case.is_brought:
        messages.success(request, _("Your case is in the queue. The group and its supervisor can read it now."))
    else:
        messages.success(request, _("Your draft is saved. You alone see it."))
    return redirect("supervision:case", pk=case.pk)


def _conflict_page(request, day, case, form, stored):
    form.add_error(
        None,
        _("The case has been changed in another tab. Both texts are here. Save again to keep the one in the fields."),
    )
    form.show_stored(stored)
    return _form_page(request, day, case, form, stored=stored)


def _form_page(request, day, case, form, stored=None):
    context = {"day": day, "case": case, "form": form, "now": timezone.now(), "steps": round_steps()}
    if stored:
        context["stored"] = [(form.fields[name].label, text) for name, text in stored.texts.items() if text]
    return render(request, "supervision/write_case.html", context)
