"""Everything that is prepared for a cohort, on one page: read, dropped, or told to those it is about."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.meetings import actions, queries, rules
from lms.meetings.models import Cohort


@login_required
def release(request, slug):
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("course__provider"), slug=slug)
    if not rules.can_organise(request.user, cohort):
        raise Http404
    days = queries.prepared_for_cohort(cohort, request.user, timezone.now())
    if request.method != "POST":
        return _show(request, cohort, days)
    if "drop" in request.POST:
        return _drop(request, cohort, days)
    try:
        return _release(request, cohort, days)
    except actions.ChangedMeanwhile:
        return _show(request, cohort, days, status=409, is_conflict=True)


def _show(request, cohort, days, status=200, **context):
    context |= {
        "cohort": cohort,
        "days": days,
        "mails": _mails(days),
        "people": _people(days),
        "is_stale": any(day.is_stale for day in days),
        "now": timezone.now(),
    }
    return render(request, "meetings/release.html", context, status=status)


def _release(request, cohort, days):
    actions.release_changes(cohort=cohort, by=request.user, now=timezone.now(), seen=_seen(request, days))
    mails = _mails(days)
    told = ngettext("Released. %(n)d mail is on its way.", "Released. %(n)d mails are on their way.", mails)
    messages.success(request, told % {"n": mails})
    return redirect("meetings:cohort", slug=cohort.slug)


def _drop(request, cohort, days):
    day = next((day for day in days if str(day.meeting.pk) == request.POST["drop"]), None)
    if day:
        actions.drop_change(meeting=day.meeting, by=request.user, now=timezone.now())
        messages.success(request, _("The draft is dropped. What people were told goes on holding."))
    return redirect("meetings:release", slug=cohort.slug)


def _seen(request, days) -> dict[int, int]:
    """By meeting the draft that was on the page. One that is there no more, or never was, is a change meanwhile."""
    shown = set(request.POST.getlist("seen"))
    seen = {day.meeting.pk: day.draft.version for day in days if f"{day.meeting.pk}-{day.draft.version}" in shown}
    if not seen or len(seen) != len(shown):
        raise actions.ChangedMeanwhile
    return seen


def _mails(days) -> int:
    return sum(len(day.told) for day in days)


def _people(days) -> int:
    return len({person.pk for day in days for person in day.told})
