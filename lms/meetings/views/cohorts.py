from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lms.meetings import actions, queries, rules
from lms.meetings.forms.cohorts import CancelCohortForm, CohortForm
from lms.meetings.models import Cohort
from lms.meetings.queries.answers import headcount
from lms.meetings.queries.outbox import outbox_alarm
from lms.people.models import Role, access_of


@login_required
def cohorts(request):
    lines = queries.cohorts_for_staff(request.user, timezone.now())
    looked_after = {line.cohort.pk for line in lines}
    visible = Cohort.objects.visible_to(request.user).exclude(pk__in=looked_after)
    context = {"lines": lines, "own": visible.select_related("course__provider"), "now": timezone.now()}
    context["sees_unplaced_mails"] = access_of(request.user).has(Role.ADMINISTRATOR)
    context["may_apply"] = rules.can_apply(request.user)
    return render(request, "meetings/cohorts.html", context)


@login_required
def cohort(request, slug):
    cohort = _visible(request, slug)
    now = timezone.now()
    days = queries.days_for_cohort(cohort, request.user, now)
    common = [day for day in days if day.meeting.group_id is None]
    people = queries.people_for_cohort(cohort, request.user, common)
    context = {
        "cohort": cohort,
        "days": common,
        "groups": _groups(request.user, cohort, days),
        "people": people,
        "may_organise": rules.can_organise(request.user, cohort),
        "may_see_people": rules.can_see_people(request.user, cohort),
        "sees_attendance": rules.can_see_attendance(request.user, cohort),
        "now": now,
    }
    if context["may_organise"]:
        context["outbox"] = outbox_alarm(cohort)
        context["unreleased"] = {day.meeting.pk for day in days if day.has_draft}
    coming = next((day for day in common if day.is_next), None)
    if any(row.is_open for row in people):
        context |= {"held": [day for day in common if day.is_held], "coming": coming}
    if context["sees_attendance"]:
        changes = queries.changes_for_cohort(cohort, request.user)
        context |= {"numbers": _numbers(cohort, people, days, coming, now), "changes": changes}
        if coming:
            context["headcount"] = headcount([row.answer for row in people if row.answer])
        context["unmarked"] = [day for day in days if day.missing]
    return render(request, "meetings/cohort.html", context)


@require_safe
@login_required
def history(request, slug):
    """What was done with the cohort, for those who organise it."""
    cohort = _organised(request, slug)
    deeds, older = queries.history_of_cohort(cohort, request.GET.get("foer", ""))
    context = {"cohort": cohort, "deeds": deeds, "older_url": f"?foer={older}" if older else ""}
    return render(request, "meetings/history.html", context)


@login_required
def change(request, slug):
    cohort = _organised(request, slug)
    if cohort.is_cancelled:
        messages.info(request, _("The cohort is cancelled already."))
        return redirect("meetings:cohort", slug)
    form = CohortForm(request.POST or None, cohort=cohort)
    if form.is_valid() and _changed(request, cohort, form):
        messages.success(request, _("The cohort's settings have been saved."))
        return redirect("meetings:cohort", slug)
    context = {"cohort": cohort, "form": form, "held": queries.seats_held(cohort, timezone.now())}
    if form.is_bound and "seen" in form.cleaned_data and form.cleaned_data["seen"] != cohort.edition:
        return _show_both(request, context)
    return render(request, "meetings/change_cohort.html", context)


def _changed(request, cohort, form):
    try:
        actions.change_cohort(cohort=cohort, by=request.user, now=timezone.now(), **form.cleaned_data)
    except actions.ChangedMeanwhile:
        return False
    except actions.NameTaken:
        form.refuse_name()
    except actions.SeatsAreHeld as error:
        form.refuse_capacity(error.held)
    return form.is_valid()


def _show_both(request, context):
    """What the person typed stays in the form; beside it what somebody else has saved meanwhile."""
    form, cohort = context["form"], context["cohort"]
    context["theirs"] = form.differing(cohort)
    form.data = form.data.copy()
    form.data["seen"] = cohort.edition
    return render(request, "meetings/change_cohort.html", context | {"is_conflict": True}, status=409)


@login_required
def cancel(request, slug):
    """First what happens and to how many, then the reason, then the end."""
    cohort = _organised(request, slug)
    if cohort.is_cancelled:
        messages.info(request, _("The cohort is cancelled already."))
        return redirect("meetings:cohort", slug)
    form, now = CancelCohortForm(request.POST or None), timezone.now()
    if form.is_valid():
        actions.cancel_cohort(cohort=cohort, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("The cohort is cancelled. Everybody concerned gets a message."))
        return redirect("meetings:cohort", slug)
    coming = cohort.meetings.upcoming(now)
    told = queries.concerned_by(cohort, coming, now).count()
    context = {"cohort": cohort, "form": form, "coming": coming.count(), "told": told}
    return render(request, "meetings/cancel_cohort.html", context)


def _visible(request, slug):
    return get_object_or_404(Cohort.objects.visible_to(request.user).select_related("course__provider"), slug=slug)


def _organised(request, slug):
    cohort = _visible(request, slug)
    if not rules.can_organise(request.user, cohort):
        raise Http404
    return cohort


def _groups(user, cohort, days):
    """Each group with its own days."""
    return [
        (group, [day for day in days if day.meeting.group_id == group.pk]) for group in queries.groups_for(user, cohort)
    ]


def _numbers(cohort, people, days, coming, now):
    """At most four figures, each with what it counts."""
    municipalities = len({row.enrolment.municipality_id for row in people})
    from_where = ngettext("kursister from %(n)d municipality", "kursister from %(n)d municipalities", municipalities)
    numbers = [
        (len(people), from_where % {"n": municipalities}),
        (queries.seats_without_names(cohort, now), _("reserved seats without a name")),
    ]
    if coming:
        of_all = _("of %(n)d have answered about %(day)s") % {"n": coming.invited, "day": coming.meeting.short_title}
        numbers.append((coming.answered, of_all))
    return [*numbers, (sum(day.missing for day in days), _("half days without attendance"))]
