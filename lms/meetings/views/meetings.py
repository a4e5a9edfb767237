from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.meetings import actions, ical, queries, rules
from lms.meetings.forms.days import AnswerForm, MeetingForm
from lms.meetings.methods.differences import differences
from lms.meetings.models import Invitee, Meeting
from lms.meetings.queries import Period, clashes_for, seen_as
from lms.meetings.queries.answers import headcount

PLACED = ("starts_at", "ends_at", "place", "room")


@login_required
def meeting(request, pk):
    meeting = _visible(request, pk)
    people = queries.people_for_meeting(meeting, request.user)
    mine = next((invitee for invitee in people if invitee.person_id == request.user.pk), None)
    now = timezone.now()
    context = {
        "meeting": meeting,
        "trainers": [invitee for invitee in people if invitee.role == Invitee.Role.TRAINER],
        "others": [invitee for invitee in people if invitee.role != Invitee.Role.TRAINER],
        "mine": mine,
        "may_answer": mine is not None and rules.can_answer(mine, now),
        "may_organise": rules.can_organise(request.user, meeting.cohort) and not meeting.is_cancelled,
        "may_run": rules.can_run(request.user, meeting) and not meeting.is_cancelled,
        "form": AnswerForm(),
        "may_check_in": mine is not None and rules.can_check_in(mine, meeting, now),
        "sees_answers": rules.can_see_attendance(request.user, meeting.cohort),
        "sees_reasons": rules.can_run(request.user, meeting),
        "headcount": headcount(people),
        "now": now,
    }
    return render(request, "meetings/meeting.html", context)


@login_required
def meeting_ics(request, pk):
    """One meeting to keep, for those whose mail does not reach their calendar."""
    meeting = _visible(request, pk)
    mine = meeting.invitees.active().filter(person=request.user).first()
    body = ical.publish([(meeting.vevent, mine.sequence if mine else meeting.sequence)])
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="fodfaeste-{meeting.pk}.ics"'
    return response


@require_POST
@login_required
def answer(request, pk):
    invitees = Invitee.objects.visible_to(request.user).active().select_related("meeting", "person")
    invitee = get_object_or_404(invitees, meeting=pk, person=request.user)
    form, now = AnswerForm(request.POST), timezone.now()
    may_answer = rules.can_answer(invitee, now)
    if may_answer and form.is_valid():
        actions.answer_invitation(invitee=invitee, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answer has been saved."))
    elif may_answer and form.is_about_reason:
        return render(request, "meetings/decline.html", {"meeting": invitee.meeting, "form": form, "now": now})
    else:
        messages.error(request, _("The answer could not be saved. The day may be over or cancelled."))
    return redirect("meetings:meeting", pk=pk)


@login_required
def change(request, pk):
    meeting = get_object_or_404(_organised(request), pk=pk)
    draft = queries.draft_of(meeting, request.user)
    form = MeetingForm(request.POST or None, meeting=meeting, draft=draft)
    if meeting.is_cancelled:
        messages.error(request, _("The day is cancelled and cannot be changed."))
        return redirect("meetings:meeting", pk=pk)
    context: dict = {"form": form, "draft": draft}
    if form.is_valid():
        clashes = _clashes(meeting, form)
        # The tick is for the clashes that were shown: a time moved since then is asked about anew.
        if not clashes or request.POST.get("anyway") == seen_as(clashes):
            return _save(request, meeting, form, draft)
        context |= {"clashes": clashes, "seen": seen_as(clashes)}
    return render(request, "meetings/change.html", _about(meeting, **context))


def _save(request, meeting, form, draft):
    try:
        return _change(request, meeting, form) if "release" in request.POST else _prepare(request, meeting, form)
    except actions.ChangedMeanwhile:
        return _show_both(request, form, meeting, draft)


def _clashes(meeting, form):
    """What else takes the room, the trainers and the kursister at a new time or place; nothing when neither is new."""
    facts = form.changes()
    if all(getattr(meeting, name) == facts[name] for name in PLACED):
        return []
    people = [invitee.person for invitee in meeting.invitees.active().select_related("person")]
    period = Period(*(facts[name] for name in PLACED))
    return clashes_for(provider=meeting.cohort.course.provider, periods=[period], people=people, ignoring=[meeting.pk])


@login_required
def cancel(request, pk):
    meeting = get_object_or_404(_organised(request), pk=pk)
    if request.method == "POST":
        meeting = actions.cancel_meeting(meeting=meeting, by=request.user, now=timezone.now())
        messages.success(request, _("The day is cancelled. Everybody on the list gets a message."))
        return redirect("meetings:meeting", pk=pk)
    return render(request, "meetings/cancel.html", _about(meeting))


def _visible(request, pk):
    meetings = Meeting.objects.visible_to(request.user).select_related("cohort__course__provider", "group")
    return get_object_or_404(meetings, pk=pk)


def _organised(request):
    return Meeting.objects.organised_by(request.user).select_related("cohort__course__provider")


def _about(meeting, **context):
    now = timezone.now()
    told = meeting.invitees.active().count() if meeting.ends_at > now else 0
    return {"meeting": meeting, "told": told, "now": now, **context}


def _prepare(request, meeting, form):
    draft = actions.prepare_change(
        meeting=meeting,
        by=request.user,
        now=timezone.now(),
        seen=form.cleaned_data["draft"],
        based_on=form.cleaned_data["version"],
        **form.changes(),
    )
    if draft is None:
        messages.success(request, _("The day stays as it is. Nothing waits to be released."))
        return redirect("meetings:meeting", pk=meeting.pk)
    messages.success(request, _("Saved as a draft. Nobody gets a message before you release it."))
    return redirect("meetings:release", slug=meeting.cohort.slug)


def _change(request, meeting, form):
    changed = actions.change_meeting(
        meeting=meeting,
        by=request.user,
        now=timezone.now(),
        based_on=form.cleaned_data["version"],
        **form.changes(),
    )
    messages.success(request, _what_happened(meeting, changed))
    return redirect("meetings:meeting", pk=meeting.pk)


def _what_happened(meeting, changed):
    if changed.revision == meeting.revision:
        return _("Nothing was different, so nobody gets a message.")
    told = _about(changed)["told"]
    return ngettext("Saved. %(n)d person gets a message.", "Saved. %(n)d people get a message.", told) % {"n": told}


def _show_both(request, form, meeting, draft):
    """What the person typed stays in the form; beside it what somebody else has saved meanwhile."""
    theirs = meeting.revisions.select_related("released_by").filter(number=meeting.revision).first()
    seen = meeting.revisions.filter(number=form.cleaned_data["version"]).first()
    conflict = {"theirs": theirs, "seen": seen, "new": differences(seen, meeting) if seen else {}}
    if draft and draft.version != form.cleaned_data["draft"]:
        prepared = draft.applied()
        conflict |= {"prepared": prepared, "prepared_new": differences(meeting, prepared)}
    form.data = form.data.copy()
    form.data["version"], form.data["draft"] = meeting.revision, draft.version if draft else ""
    context = _about(meeting, form=form, draft=draft, is_conflict=True, **conflict)
    return render(request, "meetings/change.html", context, status=409)
