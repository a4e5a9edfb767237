from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.meetings import actions, queries, rules
from lms.meetings.forms.attendance import AttendanceForm, ConfirmForm, MergeForm, WalkInForm
from lms.meetings.methods.marks import Mark
from lms.meetings.methods.signsheet import sign_sheet
from lms.meetings.models import Attendance, Meeting
from lms.people.models import Organisation


@login_required
def attendance(request, pk):
    """The trainer's list, made for a phone: one tap for everybody, one for each exception."""
    meeting, now = _run_by(request, pk), timezone.now()
    rows = queries.attendance_sheet_for(meeting)
    is_open = rules.is_open_for_attendance(meeting, now)
    form = AttendanceForm(request.POST or None, rows=rows, meeting=meeting)
    if is_open and form.is_valid():
        try:
            return _save(request, meeting, form, now)
        except actions.MarkedMeanwhile as clash:
            return _show_both(request, meeting, form, clash)
    return _page(request, meeting, form, rows)


@require_POST
@login_required
def walk_in(request, pk):
    """Somebody came who is not on the list."""
    meeting, now = _run_by(request, pk), timezone.now()
    form = _walk_in_form(request, meeting, request.POST)
    if not rules.is_open_for_attendance(meeting, now) or not form.is_valid():
        rows = queries.attendance_sheet_for(meeting)
        return _page(request, meeting, AttendanceForm(rows=rows, meeting=meeting), rows, walk_in_form=form)
    added = actions.note_walk_in(meeting=meeting, by=request.user, now=now, **form.cleaned_data)
    messages.success(request, _("%(name)s is on the list.") % {"name": added.name})
    return redirect("meetings:attendance", pk=pk)


@require_POST
@login_required
def merge(request, pk):
    """A coordinator says whose name it was."""
    meeting = get_object_or_404(Meeting.objects.organised_by(request.user).select_related("cohort__course"), pk=pk)
    form = MergeForm(request.POST, walk_ins=meeting.walk_ins.all(), enrolments=meeting.cohort.enrolments.enrolled())
    if form.is_valid():
        actions.merge_walk_in(by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The name has become a mark on the list."))
    else:
        messages.error(request, _("Choose who it is. Nothing has been changed."))
    return redirect("meetings:attendance", pk=pk)


@require_POST
@login_required
def confirm(request, pk):
    """The trainer says that somebody was there whose phone came late and without proof."""
    meeting = _run_by(request, pk)
    form = ConfirmForm(request.POST, check_ins=meeting.check_ins.all())
    if form.is_valid():
        actions.confirm_check_in(check_in=form.cleaned_data["check_in"], by=request.user, now=timezone.now())
        messages.success(request, _("The mark counts now."))
    else:
        messages.error(request, _("There is nothing to confirm any more."))
    return redirect("meetings:attendance", pk=pk)


@login_required
def signatures(request, pk):
    """The list on paper, to sign."""
    meeting = _run_by(request, pk)
    people = [
        (row.enrolment.person.name, row.enrolment.municipality.name) for row in queries.attendance_sheet_for(meeting)
    ]
    body = sign_sheet(meeting, people, halves=_labels(meeting), language=get_language() or "da")
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="underskrift-{meeting.pk}.pdf"'
    return response


@login_required
def own(request):
    """What somebody has attended, and what is still missing."""
    context = {"seats": queries.own_attendance(request.user), "now": timezone.now()}
    return render(request, "meetings/own_attendance.html", context)


def _run_by(request, pk):
    meetings = Meeting.objects.run_by(request.user).select_related("cohort__course", "group")
    return get_object_or_404(meetings, pk=pk)


def _labels(meeting):
    return [str(Attendance.Half(half).label).capitalize() for half in meeting.halves]


def _save(request, meeting, form, now):
    actions.mark_attendance(
        meeting=meeting, marks=form.marks(), seen=form.seen(), gaps=form.gaps(), cases=form.cases(),
        by=request.user, now=now,
    )  # fmt: skip
    messages.success(request, _("Attendance has been saved."))
    return redirect("meetings:attendance", pk=meeting.pk)


def _show_both(request, meeting, form, clash):
    """What the person chose stays chosen, beside what another has set; half days left alone show the newest."""
    rows = queries.attendance_sheet_for(meeting)
    form.data = form.data.copy()
    for row in rows:
        for half in meeting.halves:
            _catch_up(form, f"{row.enrolment.pk}-{half}", _mark(row, half), (row.enrolment.pk, half) in clash.places)
    return _page(request, meeting, form, rows, clashes=clash.places, status=409)


def _catch_up(form, name, stored, is_clash):
    untouched = form.data.get(name, "") == Mark.read(form.data.get(f"{name}-seen", "")).state
    if untouched and not is_clash:
        _show(form, name, stored)
    if untouched or is_clash:
        form.data[f"{name}-seen"] = stored.token


def _show(form, name, mark):
    form.data[name] = mark.state
    form.data[f"{name}-arrived"], form.data[f"{name}-left"] = _clock(mark.arrived_at), _clock(mark.left_at)


def _page(request, meeting, form, rows, *, clashes=None, walk_in_form=None, status=200):
    now = timezone.now()
    is_open = rules.is_open_for_attendance(meeting, now)
    context = {
        "meeting": meeting,
        "rows": [_row(row, meeting, form, clashes or {}) for row in rows],
        "is_open": is_open,
        "form": form,
        "clashes": clashes,
        "now": now,
        **(_beside(request, meeting, walk_in_form) if is_open else {}),
    }
    return render(request, "meetings/attendance.html", context, status=status)


def _beside(request, meeting, walk_in_form):
    """What stands under the list."""
    names = queries.walk_ins_for(meeting)
    may_merge = bool(names) and rules.can_organise(request.user, meeting.cohort)
    enrolled = meeting.cohort.enrolments.enrolled().select_related("person", "municipality")
    return {
        "check_ins": queries.check_ins_for(meeting),
        "corrections": queries.corrections_for(meeting),
        "walk_ins": names,
        "walk_in_form": walk_in_form or _walk_in_form(request, meeting),
        "merge_form": MergeForm(walk_ins=meeting.walk_ins.all(), enrolments=enrolled) if may_merge else None,
    }


def _walk_in_form(request, meeting, data=None):
    municipalities = Organisation.objects.visible_to(request.user).municipalities()
    return WalkInForm(data, others=queries.others_of_cohort(meeting), municipalities=municipalities)


def _row(row, meeting, form, clashes):
    """Per person and half day the three choices, the one that holds ticked: what was sent, or what is stored."""
    pk = row.enrolment.pk
    ticked = f"{pk}-case" in form.data if form.is_bound else row.presented_case
    return {
        "pk": pk,
        "person": row.enrolment.person,
        "municipality": row.enrolment.municipality,
        "is_guest": row.enrolment.cohort_id != meeting.cohort_id,
        "halves": [_half(f"{pk}-{half}", half, row, form, clashes.get((pk, half))) for half in meeting.halves],
        "has_case": meeting.kind == Meeting.Kind.SUPERVISION,
        "presented": ticked,
        "presented_seen": f"{pk}-case-seen" in form.data if form.is_bound else row.presented_case,
    }


def _half(name, half, row, form, clash):
    mark = _mark(row, half)
    shown = form.data if form.is_bound else _fields(name, mark)
    chosen = shown.get(name, "")
    return {
        "name": name,
        "label": Attendance.Half(half).label,
        "choices": [(state.value, state.label, state.value == chosen) for state in Attendance.State],
        "seen": shown.get(f"{name}-seen", ""),
        "arrived": shown.get(f"{name}-arrived", ""),
        "left": shown.get(f"{name}-left", ""),
        "own": row.marks[half] if half in row.marks and row.marks[half].is_own else None,
        "clash": clash,
        "errors": [error for part in ("", "-arrived", "-left") for error in form.errors.get(f"{name}{part}", [])],
    }


def _fields(name, mark):
    return {
        name: mark.state,
        f"{name}-seen": mark.token,
        f"{name}-arrived": _clock(mark.arrived_at),
        f"{name}-left": _clock(mark.left_at),
    }


def _mark(row, half):
    stored = row.marks.get(half)
    return Mark(stored.state, stored.arrived_at, stored.left_at) if stored else Mark()


def _clock(moment):
    return localtime(moment).strftime("%H:%M") if moment else ""
