from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.meetings import actions, ical, queries
from lms.meetings.forms.calendars import NewAddressForm


@login_required
def calendar(request):
    """The address of a person's own feed, and the button that replaces it."""
    form = NewAddressForm(request.POST or None, initial={"seen": request.user.calendar_rotation})
    if form.is_valid():
        _rotate(request, form.cleaned_data["seen"])
        return redirect("meetings:calendar")
    address = settings.BASE_URL + reverse("meetings:feed", args=[queries.feed_token(request.user)])
    return render(request, "meetings/calendar.html", {"address": address, "form": form, **_ways_to(address)})


def _rotate(request, seen):
    if actions.rotate_calendar(person=request.user, seen=seen, by=request.user, now=timezone.now()):
        messages.success(request, _("You have a new address. The old one no longer works."))
    else:
        messages.info(request, _("The address has been replaced already. The one below is the one that works."))


def _ways_to(address):
    """The pages where each calendar program lets somebody follow an address, with this one filled in."""
    webcal = "webcal:" + address.partition(":")[2]
    named = urlencode({"url": address, "name": "Fodfæste"})
    return {
        "outlook": f"https://outlook.office.com/calendar/0/addfromweb?{named}",
        "google": f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}",
        "webcal": webcal,
    }


@require_safe
def feed(request, token):
    """Whoever holds the address reads it, so it says no more than time, title and place.

    ``lms.meetings.middleware`` answers before sessions are opened: nothing here may ask who is signed in.
    """
    found = queries.feed_of(token, timezone.localdate())
    if found is None:
        raise Http404
    etag = f'"{found.version}"'
    response = get_conditional_response(request, etag=etag, response=None) or _feed(found)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _feed(found):
    body = ical.publish(queries.days_in(found), name="Fodfæste")
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
