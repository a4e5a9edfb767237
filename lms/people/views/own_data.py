"""A person's own details: handed out, and erased after time to think again."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.people import actions
from lms.people.actions.erasure_requests import COOLING_OFF
from lms.people.queries import erasure_behind, erasure_of

FILE_NAME = "mine-oplysninger.zip"


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def own_data(request):
    """The zip goes straight to the browser: no copy lies anywhere, and no link leads to one."""
    if request.method != "POST":
        return render(request, "people/own_data.html")
    packed = actions.export_person(person=request.user, by=request.user, now=timezone.now())
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'},
    )


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def erase_account(request):
    now = timezone.now()
    if request.method == "POST":
        actions.ask_for_erasure(person=request.user, now=now)
        messages.info(request, _("Your account will be deleted. You can change your mind until then."))
        return redirect("people:account")
    waiting = erasure_of(request.user)
    context = {"erasure": waiting, "day": waiting.due_at if waiting else now + COOLING_OFF, "now": now}
    return render(request, "people/erase_account.html", context)


@login_required
@require_POST
def keep_account(request):
    waiting = erasure_of(request.user)
    if waiting:
        actions.regret_erasure(request=waiting, by=request.user, now=timezone.now())
        messages.success(request, _("Your account stays as it is."))
    return redirect("people:account")


@never_cache
def regret_erasure(request, token):
    """From the mail, without signing in. Mail scanners open links, so only the button changes anything."""
    erasure = erasure_behind(token)
    if erasure is None:
        return render(request, "people/erasure_closed.html", status=404)
    if request.method == "POST":
        actions.regret_erasure(request=erasure, by=erasure.person, now=timezone.now())
        messages.success(request, _("Your account stays as it is."))
        return redirect("people:account" if request.user.is_authenticated else "account_login")
    return render(request, "people/regret_erasure.html", {"erasure": erasure, "now": timezone.now()})
