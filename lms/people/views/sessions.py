"""Where one is signed in, and signing out from afar."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lms.people import actions
from lms.people.queries import sessions_of


@login_required
@require_GET
def sessions(request):
    now = timezone.now()
    shown = {"sessions": sessions_of(request.user, now), "own_key": request.session.session_key, "now": now}
    return render(request, "people/sessions.html", shown)


@login_required
@require_POST
def end_session(request, pk):
    now = timezone.now()
    session = get_object_or_404(sessions_of(request.user, now).exclude(session_key=request.session.session_key), pk=pk)
    actions.end_session(session=session, by=request.user, now=now)
    messages.success(request, _("You are signed out there."))
    return redirect("people:sessions")


@login_required
@require_POST
def sign_out_everywhere(request):
    actions.sign_out_everywhere(person=request.user, by=request.user, now=timezone.now())
    logout(request)
    messages.success(request, _("You are signed out everywhere, and no device is remembered any longer."))
    return redirect("account_login")
