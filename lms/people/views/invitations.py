from allauth.account.utils import perform_login
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lms.people import actions
from lms.people.forms import NewInvitationForm, PasswordForm
from lms.people.queries import invitation_for_token, work_account_for_email
from lms.people.rules import must_use_work_account

PASSKEY = "passkey"


@never_cache
@sensitive_post_parameters("password")
def invitation(request, token):
    """Mail scanners open links, so looking changes nothing; only the form lets somebody in."""
    now = timezone.now()
    invited = invitation_for_token(token)
    if request.user.is_authenticated:
        return _for_somebody_signed_in(request, invited)
    if invited is None or not invited.is_open(now):
        return _closed(request)
    form = PasswordForm(request.POST or None, person=invited.person)
    work_account = work_account_for_email(invited.email)
    if request.method == "POST" and must_use_work_account(invited.person):
        return redirect("people:work_sign_in")
    wants_passkey = request.POST.get("way_in") == PASSKEY
    if request.method != "POST" or not (wants_passkey or form.is_valid()):
        return _offer(request, invited, form, work_account)
    password = None if wants_passkey else form.cleaned_data["password"]
    return _come_in(request, invited, password, now)


def _come_in(request, invited, password, now):
    try:
        person = actions.accept(invitation=invited, password=password, now=now)
    except actions.InvitationClosed:
        return _closed(request)
    landing = reverse("home:overview" if password else "people:first_passkey")
    return perform_login(request, person, email_verification="none", redirect_url=landing, email=person.email)


def _offer(request, invited, form, work_account):
    context = {"invitation": invited, "form": form, "work_account": work_account}
    context |= {"is_only_way_in": work_account is not None and must_use_work_account(invited.person)}
    return render(request, "people/invitation.html", context)


def _closed(request):
    return render(request, "people/invitation_closed.html", {"form": NewInvitationForm()}, status=404)


def _for_somebody_signed_in(request, invited):
    """A forwarded link is for its addressee. Somebody else is not told whose it is."""
    if invited is not None and invited.person_id == request.user.pk:
        return redirect("home:overview")
    return render(request, "people/invitation_of_another.html", status=403)


def new_invitation(request):
    """Ask for a new link. The answer is the same whether the address was ever invited or not."""
    if too_many := consume_or_429(request, action="new_invitation"):
        return too_many
    form = NewInvitationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/new_invitation.html", {"form": form})
    actions.offer_new_link(email=form.cleaned_data["email"], now=timezone.now())
    messages.success(request, _("If the address has been invited, a new link is on its way. It works for 14 days."))
    return redirect("account_login")
