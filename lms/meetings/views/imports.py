"""Importing a list of people: upload, look, correct, and then the good rows or none."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.meetings import actions
from lms.meetings.forms.imports import RowForm, UploadForm
from lms.meetings.forms.problems import described
from lms.meetings.models import Cohort, ImportDraft
from lms.meetings.rules import can_enrol, enrols_from

# More faulty rows than this are easier corrected in the file itself; a browser form has its limits too.
CORRECTED_AT_A_TIME = 50
GOOD_ROWS_SHOWN = 100


def _cohort(request, slug):
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("course"), slug=slug)
    if not can_enrol(request.user, cohort):
        raise Http404
    return cohort


@login_required
def upload(request, slug):
    cohort = _cohort(request, slug)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return render(request, "meetings/import.html", {"cohort": cohort, "form": form})
    draft = actions.keep_draft(
        cohort=cohort, rows=form.people.rows, headings=form.people.headings, by=request.user, now=timezone.now()
    )
    return redirect("meetings:import_preview", slug, draft.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, slug, public_id):
    cohort = _cohort(request, slug)
    now = timezone.now()
    drafts = ImportDraft.objects.visible_to(request.user).alive(now).filter(cohort=cohort)
    draft = drafts.select_related("cohort").filter(public_id=public_id).first()
    if draft is None:
        return _gone(request, slug)
    if request.method != "POST":
        return _show(request, draft)
    return _decide(request, draft, now)


def _decide(request, draft, now):
    decision = request.POST.get("decision")
    if decision == "none":
        actions.drop_draft(draft=draft, by=request.user, now=now)
        messages.success(request, _("Nobody was imported, and the list has been thrown away."))
        return redirect("meetings:people", draft.cohort.slug)
    try:
        return _keep_and_import(request, draft, now, import_now=decision == "import")
    except actions.DraftGone:
        return _gone(request, draft.cohort.slug)


def _keep_and_import(request, draft, now, *, import_now):
    forms = _forms(request, draft, request.POST)
    typed = [form for form in forms if form.was_shown]
    if not all(form.is_valid() for form in typed):
        return _show(request, draft, forms)
    corrected = {form.row.number: form.corrected for form in typed}
    rows = [corrected.get(row.number, row) for row in actions.rows_of(draft)]
    kept = [row for row in rows if row is not None]
    draft = actions.correct_draft(draft=draft, rows=kept, by=request.user, now=now)
    if not import_now:
        return redirect("meetings:import_preview", draft.cohort.slug, draft.public_id)
    allowed = enrols_from(request.user, draft.cohort)
    report = actions.import_draft(draft=draft, by=request.user, allowed=allowed, now=now)
    return _imported(request, draft, report)


def _imported(request, draft, report):
    count = report.imported + report.updated
    if count:
        text = ngettext("%(n)d person has been imported.", "%(n)d people have been imported.", count)
        messages.success(request, text % {"n": count})
    elif not report.rejected:
        messages.info(request, _("No rows were left, so nobody was imported."))
    if report.rejected:
        messages.warning(request, _("The rows below were not imported. Correct them, or leave them out."))
        return redirect("meetings:import_preview", draft.cohort.slug, draft.public_id)
    return redirect("meetings:people", draft.cohort.slug)


def _show(request, draft, forms=None):
    checked = actions.check(
        cohort=draft.cohort, rows=actions.rows_of(draft), allowed=enrols_from(request.user, draft.cohort)
    )
    good = [row for row in checked if row.is_good]
    faulty = [row for row in checked if not row.is_good]
    forms = forms or [RowForm(row=row.row) for row in faulty[:CORRECTED_AT_A_TIME]]
    problems = {row.row.number: described(row, draft.headings) for row in faulty}
    context = {
        "cohort": draft.cohort,
        "good": good[:GOOD_ROWS_SHOWN],
        "good_count": len(good),
        "more_good": len(good[GOOD_ROWS_SHOWN:]),
        "new_count": sum(not row.has_seat for row in good),
        "faulty_count": len(faulty),
        "more_faulty": len(faulty[CORRECTED_AT_A_TIME:]),
        "corrections": [(form, problems.get(form.row.number, [])) for form in forms],
    }
    return render(request, "meetings/import_preview.html", context)


def _forms(request, draft, data):
    allowed = enrols_from(request.user, draft.cohort)
    checked = actions.check(cohort=draft.cohort, rows=actions.rows_of(draft), allowed=allowed)
    faulty = [row.row for row in checked if not row.is_good]
    return [RowForm(data, row=row) for row in faulty[:CORRECTED_AT_A_TIME]]


def _gone(request, slug):
    messages.info(request, _("The list has been dealt with already, or it is more than a day old."))
    return redirect("meetings:people", slug)
