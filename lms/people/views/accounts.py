from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from lms.people import actions
from lms.people.forms import AccountForm
from lms.people.models import User
from lms.people.queries import erasure_of, sign_in_methods_of


@login_required
def account(request):
    # A second row for the form: what it could not accept must not show in the page's header.
    form = AccountForm(request.POST or None, instance=User.objects.visible_to(request.user).get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        return _saved(request, form)
    return render(
        request,
        "people/account.html",
        {
            "form": form,
            "memberships": request.user.memberships.current().select_related("organisation"),
            "sign_in": sign_in_methods_of(request.user),
            "erasure": erasure_of(request.user),
        },
    )


def _saved(request, form):
    person = actions.change_profile(person=request.user, now=timezone.now(), **form.cleaned_data)
    with override(person.language):
        messages.success(request, _("Your details have been saved."))
    response = redirect("people:account")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
    )
    return response


def admin_login(request):
    """The back office has no door of its own: its limits and second factors are those of our sign-in.

    Who may come in is asked inside, where the rights follow the memberships.
    """
    target = get_next_redirect_url(request) or reverse("wagtailadmin_home")
    if request.user.is_authenticated:
        return HttpResponseRedirect(target)
    return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: target})}")


def closed(_request, **_places):
    """What other packages bring and nobody uses here: passwords that people share, and addresses added by oneself.

    An address is what somebody was invited by; allauth's page would let it be exchanged for one that nobody confirmed.
    """
    raise Http404
