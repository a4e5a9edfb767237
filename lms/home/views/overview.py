from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from lms.home import queries


@login_required
def overview(request):
    """One screen per role. Somebody without a membership that holds today gets a page that says so."""
    shown = queries.overview_for(request.user, timezone.now())
    return render(request, shown.get("template", "home/overview/nothing.html"), shown)
