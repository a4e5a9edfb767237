from datetime import timedelta
from uuid import uuid4

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms.meetings import actions, queries, rules
from lms.meetings.forms.checkin import CheckInForm
from lms.meetings.methods import checkin as codes
from lms.meetings.models import CheckIn, Meeting
from lms.people.templatetags.dates import clock

# How long the QR code somebody opened stays good while they sign in.
SIGNING_IN = timedelta(minutes=15)


@never_cache
@login_required
def project(request, pk):
    """For the wall: a QR code and four digits that are others half a minute later."""
    meetings = Meeting.objects.run_by(request.user).select_related("cohort__course")
    meeting, now = get_object_or_404(meetings, pk=pk), timezone.now()
    address = f"{settings.BASE_URL}{reverse('meetings:here', args=[pk])}?k={codes.proof_at(pk, now)}"
    context = {
        "meeting": meeting,
        "now": now,
        "is_open": rules.is_open_for_attendance(meeting, now),
        "windows": rules.check_in_windows(meeting),
        "address": address,
        "code": codes.code_at(pk, now),
        "qr": _drawn(address),
    }
    return render(request, "meetings/check_in_projected.html", context)


@never_cache
def here(request, pk):
    """»I am here«: who opens the QR code before signing in keeps the moment at which they did."""
    now = timezone.now()
    if codes.proof_holds(pk, request.GET.get("k", ""), now):
        request.session["check_in"] = {"meeting": pk, "seen_at": now.isoformat()}
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    seen_at = _seen_at(request, pk, now)
    meeting, enrolment = queries.check_in_place(pk, request.user)
    if meeting is None or (enrolment is None and seen_at is None):
        raise Http404
    if enrolment is None:
        return render(request, "meetings/check_in_refused.html", {"meeting": meeting})
    if request.method == "POST":
        return _check_in(request, meeting, enrolment, now)
    ticket = codes.ticket(pk, request.user.pk, seen_at) if seen_at else ""
    return _page(request, meeting, enrolment, CheckInForm(initial={"nonce": uuid4(), "ticket": ticket}), now)


def _drawn(address):
    """Black squares and nothing that was typed; the link around them has the words."""
    drawing = segno.make(address, error="m").svg_inline(scale=10, border=2, omitsize=True, svgclass="checkin__qr")
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308


def _seen_at(request, pk, now):
    kept = request.session.get("check_in") or {}
    seen_at = parse_datetime(kept.get("seen_at", "")) if kept.get("meeting") == pk else None
    return seen_at if seen_at and now - seen_at < SIGNING_IN else None


def _check_in(request, meeting, enrolment, now):
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, enrolment, form, now)
    try:
        actions.check_in(meeting=meeting, enrolment=enrolment, sent=_sent(form, meeting, request.user, now), now=now)
    except (actions.WrongCode, actions.TooManyTries, actions.NotOpen) as refusal:
        form.add_error("code", REFUSALS[type(refusal)]())
        return _page(request, meeting, enrolment, form, now)
    return redirect("meetings:here", pk=meeting.pk)


def _sent(form, meeting, person, now):
    data = form.cleaned_data
    seen_at = codes.read_ticket(data["ticket"], meeting.pk, person.pk)
    return actions.Sent(data["nonce"], form.noted(now), seen_at, data["code"])


REFUSALS = {
    actions.WrongCode: lambda: _("That is not the code on the screen now. Look up and try again."),
    actions.TooManyTries: lambda: _(
        "Five codes were wrong. Scan the QR code, or let the instructor put you on the list."
    ),
    actions.NotOpen: lambda: _("One cannot check in just now. Tell the instructor, who can put you on the list."),
}


def _page(request, meeting, enrolment, form, now):
    window = rules.check_in_window(meeting, now)
    mine = queries.check_in_for(meeting, enrolment, window.half) if window else None
    latest = mine or meeting.check_ins.filter(enrolment=enrolment).last()
    is_asking = form.is_bound or (window is not None and (mine is None or mine.state == CheckIn.State.UNCONFIRMED))
    context = {
        "meeting": meeting, "form": form, "now": now, "window": window, "is_asking": is_asking,
        "has_ticket": bool(form["ticket"].value()), "latest": latest, "opens": _opens(meeting, latest, window),
    }  # fmt: skip
    return render(request, "meetings/check_in.html", context)


def _opens(meeting, latest, window):
    """At what time a mark that waits will count."""
    waiting = rules.window_of(meeting, latest.half) if latest else window
    return clock(waiting.opens_at) if waiting else ""
