"""Setting up the second factor, and starting over for somebody who has lost it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lms.people import actions
from lms.people.forms import ResetFactorsForm
from lms.people.models import Role, User, access_of
from lms.people.queries import sign_in_methods_of
from lms.people.rules import MUST_USE_SECOND_FACTOR, can_reset_factors


@login_required
@require_GET
def second_factor(request):
    """Why, and which of the two; whoever has one already is shown their account instead."""
    methods = sign_in_methods_of(request.user)
    if methods.has_second_factor:
        return redirect("people:account")
    roles = [Role(held.role).label for held in access_of(request.user).held if held.role in MUST_USE_SECOND_FACTOR]
    return render(request, "people/second_factor.html", {"roles": list(dict.fromkeys(roles))})


@login_required
def reset_factors(request):
    """First who it is, then the one button. One's own phone is for another administrator to see to."""
    if not can_reset_factors(request.user):
        raise Http404
    others = User.objects.visible_to(request.user).exclude(pk=request.user.pk)
    form = ResetFactorsForm(request.POST or None, people=others)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/reset_factors.html", {"form": form})
    person = form.person
    if "confirmed" not in request.POST:
        context = {"form": form, "person": person, "methods": sign_in_methods_of(person)}
        return render(request, "people/reset_factors_of.html", context)
    actions.reset_factors(person=person, by=request.user, now=timezone.now())
    messages.success(
        request,
        _("%(name)s is signed out everywhere, and sets up a second step at the next sign-in.") % {"name": person.name},
    )
    return redirect("people:reset_factors")
