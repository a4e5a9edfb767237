"""Who is on a cohort, and who has not accepted yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.formats.spreadsheets import write_csv, write_xlsx
from lms.meetings.models import Cohort
from lms.meetings.queries.people import applications_among, looked_after_by, people_for, people_to_remind_for
from lms.meetings.rules import can_enrol, can_manage_seats
from lms.people.actions import remind as remind_person
from lms.people.queries import words_for_invitee

SHEETS = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}


def _cohort(request, slug):
    return get_object_or_404(Cohort.objects.visible_to(request.user).select_related("course__provider"), slug=slug)


@login_required
def people(request, slug):
    cohort = _cohort(request, slug)
    lines = people_for(request.user, cohort)
    context = {
        "cohort": cohort,
        "lines": lines,
        "applications": applications_among(lines, request.user),
        "municipality_count": len({line.enrolment.municipality_id for line in lines}),
        "waiting_count": sum(line.invitation is not None for line in lines),
        "looks_after": bool(looked_after_by(request.user, cohort)),
        "can_enrol": can_enrol(request.user, cohort),
        "manages_seats": can_manage_seats(request.user, cohort),
        "now": timezone.now(),
    }
    return render(request, "meetings/people.html", context)


@login_required
def people_sheet(request, slug):
    """The list as a spreadsheet, for those who look after people on it: what the page shows them and nothing more."""
    cohort = _cohort(request, slug)
    if not looked_after_by(request.user, cohort):
        raise Http404
    kind = "csv" if request.GET.get("som") == "csv" else "xlsx"
    write, content_type = SHEETS[kind]
    response = HttpResponse(write(_rows(people_for(request.user, cohort))), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="kursister-{cohort.slug}.{kind}"'
    return response


def _rows(lines):
    yield [_("Name"), _("Municipality"), _("Job title"), _("E-mail"), _("State")]
    for line in lines:
        seat = line.enrolment
        state = _("has not accepted yet") if line.invitation else seat.get_state_display()
        yield [seat.person.name, seat.municipality.name, seat.person.title, line.email, state]


@login_required
def remind(request, slug):
    """First who gets which mail, then the mails: to the ones ticked, of those still waiting."""
    cohort = _cohort(request, slug)
    if not looked_after_by(request.user, cohort):
        raise Http404
    lines = people_to_remind_for(request.user, cohort)
    if request.method != "POST":
        return render(request, "meetings/people_remind.html", {"cohort": cohort, "lines": lines, **_sample(lines)})
    return _send(request, cohort, lines)


def _sample(lines):
    """The mail as the first on the list gets it, with dots where each has a link of their own."""
    if not lines:
        return {}
    context = {**words_for_invitee(lines[0].invitation), "url": "…"}
    subject, text = (render_to_string(f"emails/people.reminded.{part}", context) for part in ("subject.txt", "txt"))
    return {"subject": subject.strip(), "text": text.strip()}


def _send(request, cohort, lines):
    """What was ticked names the link it replaces, so that a second click finds nothing left to send."""
    ticked = set(request.POST.getlist("invitation"))
    chosen = [line.invitation for line in lines if line.tick in ticked]
    now = timezone.now()
    for invitation in chosen:
        remind_person(invitation=invitation, by=request.user, now=now)
    _tell(request, len(chosen))
    return redirect("meetings:people", cohort.slug)


def _tell(request, count):
    if count:
        text = ngettext("%(n)d person gets a reminder.", "%(n)d people get a reminder.", count) % {"n": count}
        messages.success(request, text)
    else:
        messages.info(request, _("Nobody was left to remind."))
