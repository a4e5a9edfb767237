"""Answers without signing in, and the mails that were no answer we could use."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.meetings import actions, rules
from lms.meetings.forms.days import AnswerForm, LeaveForm
from lms.meetings.models import Cohort, Invitee
from lms.meetings.queries.answers import answer_token, invitation_for_link, refused_mails_for, seat_behind
from lms.people.models import Role, access_of

FORGIVEN = 18  # the digits of the largest row number


@never_cache
def answer_by_link(request, token):
    """Mail scanners open links, so looking changes nothing; only the buttons answer."""
    now = timezone.now()
    link = invitation_for_link(token, now)
    if link is None:
        return _closed(request)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and link.is_current and form.is_valid():
        try:
            return _answer(request, link.invitee, form, now)
        except actions.DayHasChanged:
            return redirect(request.path)
    return render(request, "meetings/answer_by_link.html", _about(request, link, form, now))


@never_cache
def leave_by_link(request, token):
    """Out of the whole course, after a button that says so."""
    now = timezone.now()
    link = invitation_for_link(token, now)
    seat = seat_behind(link.invitee) if link and link.is_current else None
    if seat is None:
        return _closed(request)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(enrolment=seat, by=seat.person, now=now, reason=form.cleaned_data["reason"])
        messages.success(request, _("You are off the course, and all its coming days leave your calendar."))
        return redirect("home:front")
    return render(request, "meetings/leave.html", {"seat": seat, "token": token, "form": form})


@require_safe
@login_required
def refused_mails(request, slug):
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("course"), slug=slug)
    if not rules.can_organise(request.user, cohort):
        raise Http404
    return _refused(request, cohort)


@require_safe
@login_required
def unplaced_mails(request):
    """Those that named no day of ours."""
    if not access_of(request.user).has(Role.ADMINISTRATOR):
        raise Http404
    return _refused(request, None)


def _refused(request, cohort):
    after = request.GET.get("efter", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) <= FORGIVEN else None
    mails, rest = refused_mails_for(request.user, cohort=cohort, before=before)
    older = f"?efter={rest}" if rest else ""
    return render(request, "meetings/refused_mails.html", {"cohort": cohort, "mails": mails, "older_url": older})


def _answer(request, invitee, form, now):
    """To the time the link was for: should it move this very second, nothing is saved and the new time is shown."""
    actions.answer_invitation(
        invitee=invitee, by=invitee.person, now=now, sequence=invitee.sequence, **form.cleaned_data
    )
    messages.success(request, _("Thank you. Your answer has been saved."))
    return redirect(request.path)


def _about(request, link, form, now):
    """Time, title and place of the day, never who else is on it: links are passed on."""
    invitee, chosen = link.invitee, request.GET.get("svar", "")
    fresh = answer_token(invitee)
    return {
        "meeting": invitee.meeting,
        "mine": invitee,
        "seat": seat_behind(invitee),
        "has_moved": not link.is_current,
        "chosen": chosen if chosen in Invitee.Answer.values else "",
        "form": form if link.is_current else AnswerForm(),
        "answer_url": reverse("meetings:answer_by_link", args=[fresh]),
        "token": fresh,
        "now": now,
    }


def _closed(request):
    return render(request, "meetings/answer_closed.html", status=404)
