from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.meetings import actions, queries, rules
from lms.meetings.forms.days import AttendanceForm
from lms.meetings.models import Attendance, Meeting


@login_required
def attendance(request, pk):
    """The trainer's list, made for a phone: one tap for everybody, one for each exception."""
    meeting = get_object_or_404(Meeting.objects.run_by(request.user).select_related("cohort", "group"), pk=pk)
    now = timezone.now()
    rows = queries.attendance_sheet_for(meeting)
    is_open = rules.is_open_for_attendance(meeting, now)
    form = AttendanceForm(request.POST or None, rows=rows, halves=meeting.halves)
    if is_open and form.is_valid():
        return _save(request, meeting, form, now)
    context = {"meeting": meeting, "rows": _shown(rows, meeting, form), "is_open": is_open, "form": form, "now": now}
    return render(request, "meetings/attendance.html", context)


def _save(request, meeting, form, now):
    actions.mark_attendance(meeting=meeting, marks=form.marks(), by=request.user, now=now)
    messages.success(request, _("Attendance has been saved."))
    return redirect("meetings:attendance", pk=meeting.pk)


def _shown(rows, meeting, form):
    """Per person and half day the three choices, the one that holds ticked: what was sent, or what is stored."""
    return [
        {
            "person": row.enrolment.person,
            "municipality": row.enrolment.municipality,
            "halves": [_half(f"{row.enrolment.pk}-{half}", half, row, form) for half in meeting.halves],
        }
        for row in rows
    ]


def _half(name, half, row, form):
    chosen = form.data.get(name, "") if form.is_bound else row.marks.get(half, "")
    choices = [(state.value, state.label, state.value == chosen) for state in Attendance.State]
    return {"name": name, "label": Attendance.Half(half).label, "choices": choices}
