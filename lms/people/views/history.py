"""»Who has done what«: with one's own account, and with what one has written in confidence."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.people.queries import history_of_account, openings_for


@require_safe
@login_required
def history(request):
    deeds, older = history_of_account(request.user, request.GET.get("foer", ""), timezone.localdate())
    context = {"deeds": deeds, "older_url": f"?foer={older}" if older else ""}
    return render(request, "people/history.html", context)


@require_safe
@login_required
def openings(request):
    opened, older = openings_for(request.user, request.GET.get("foer", ""))
    return render(request, "people/openings.html", {"opened": opened, "older_url": f"?foer={older}" if older else ""})
