"""What is mailed about a cohort, for those who organise it: its outbox, and the words of its reminders."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lms.meetings import actions, rules
from lms.meetings.forms.reminders import ReminderForm
from lms.meetings.methods.reminders import PLACEHOLDERS
from lms.meetings.models import Cohort
from lms.meetings.queries import outbox as queries
from lms.meetings.queries.reminders import day_to_show, reminders_of, words_to

LONGEST_NUMBER = 18


@login_required
def outbox(request, slug):
    cohort = _organised(request, slug)
    if request.method == "POST":
        _act(request, cohort, timezone.now())
        return redirect("meetings:outbox", slug)
    now = timezone.now()
    sent, rest = queries.sent_mails(cohort, request.GET.get("efter", ""))
    context = {
        "cohort": cohort,
        "state": queries.outbox_state(cohort),
        "undelivered": queries.undelivered_mails(cohort),
        "waiting": queries.waiting_mails(cohort),
        "reminders": queries.coming_reminders(cohort, now),
        "sent": sent,
        "older_url": f"?efter={rest}" if rest else "",
        "now": now,
    }
    return render(request, "meetings/outbox.html", context)


@require_safe
@login_required
def reminders(request, slug):
    cohort = _organised(request, slug)
    return render(request, "meetings/reminders.html", {"cohort": cohort, "reminders": reminders_of(cohort.course)})


@login_required
def reminder(request, slug, kind, moment):
    """One reminder's words: looked at as a mail, as often as one likes, before they are kept."""
    cohort = _organised(request, slug)
    one = next((one for one in reminders_of(cohort.course) if (one.kind, one.moment) == (kind, moment)), None)
    if one is None:
        raise Http404
    now = timezone.now()
    form = ReminderForm(request.POST or None, moment=moment, initial=asdict(one.words))
    if form.is_valid() and "preview" not in request.POST:
        key = {"course": cohort.course, "kind": kind, "moment": moment}
        actions.word_reminder(**key, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("The reminder has been saved."))
        return redirect("meetings:reminders", slug)
    context = {"cohort": cohort, "one": one, "form": form, "placeholders": [f"{{{name}}}" for name in PLACEHOLDERS]}
    words = form.words() if form.is_valid() else one.words
    return render(request, "meetings/reminder.html", context | _preview(request.user, cohort, kind, words, now))


def _preview(user, cohort, kind, words, now):
    """As the reader would get it, about the cohort's next such day."""
    meeting = day_to_show(cohort, kind, now)
    if meeting is None:
        return {}
    subject, text = words_to(user, meeting, words, now)
    return {"meeting": meeting, "subject": subject, "text": text}


def _organised(request, slug):
    """The cohort, for its coordinators; for everybody else there is no such page."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("course"), slug=slug)
    if not rules.can_organise(request.user, cohort):
        raise Http404
    return cohort


def _act(request, cohort, now):
    """One of the page's buttons; a second click on it finds nothing left to do."""
    if "pause" in request.POST:
        actions.pause_mails(cohort=cohort, by=request.user, now=now)
        messages.success(request, _("E-mails about the cohort now wait until you let them go."))
    elif "resume" in request.POST:
        actions.resume_mails(cohort=cohort, by=request.user, now=now)
        messages.success(request, _("E-mails about the cohort are sent again."))
    elif "retry_all" in request.POST:
        _tell(request, actions.retry_mails(cohort=cohort, by=request.user, now=now))
    elif number := _number(request.POST.get("retry", "")):
        _tell(request, actions.retry_mails(cohort=cohort, by=request.user, now=now, only=number))


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _tell(request, count):
    if count:
        text = ngettext("%(n)d e-mail waits to be sent again.", "%(n)d e-mails wait to be sent again.", count) % {
            "n": count
        }
        messages.success(request, text)
    else:
        messages.info(request, _("Nothing was left to send again."))
