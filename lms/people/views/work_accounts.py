"""Where administrators set up how the people of an organisation sign in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.people import actions
from lms.people.forms import NewWorkAccountForm, SwitchForm, form_for
from lms.people.methods.problems import Problem
from lms.people.models import WorkAccount
from lms.people.queries import links_of_account, work_accounts_for
from lms.people.rules import can_set_up_work_accounts
from lms.people.views.work_sign_in import lead_to

TRIAL = "work_account_trial"


@login_required
def work_accounts(request):
    if not can_set_up_work_accounts(request.user):
        raise Http404
    return render(request, "people/work_accounts.html", {"accounts": work_accounts_for(request.user)})


@login_required
def new_work_account(request):
    if not can_set_up_work_accounts(request.user):
        raise Http404
    form = NewWorkAccountForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/new_work_account.html", {"form": form})
    account = actions.set_up_work_account(by=request.user, now=timezone.now(), **form.cleaned_data)
    return redirect("people:work_account", account.public_id)


def _own(request, public_id):
    accounts = WorkAccount.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(accounts, public_id=public_id)


@login_required
def work_account(request, public_id):
    account = _own(request, public_id)
    # A second row for the form: what it could not accept must not show beside it.
    form = form_for(_own(request, public_id), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _changed(request, account, form):
        messages.success(request, _("Saved. Now test the connection."))
        return redirect("people:work_account", account.public_id)
    return _page(request, account, form, SwitchForm(instance=account))


def _changed(request, account, form):
    try:
        actions.change_work_account(
            account=account,
            domains=form.cleaned_data["domains"],
            secret=form.secret,
            by=request.user,
            now=timezone.now(),
            **form.connection,
        )
    except actions.DomainTaken:
        form.add_error("domains", _("One of the domains leads to another work account already."))
    return not form.errors


def _page(request, account, form, switch_form):
    context = {
        "account": account,
        "now": timezone.now(),
        "form": form,
        "switch_form": switch_form,
        "addresses": _addresses(account),
        "links": links_of_account(account),
    }
    return render(request, "people/work_account.html", context)


def _addresses(account):
    """What the organisation must know of us, in its own provider's words."""
    names = (
        [(_("Redirect URI"), "openid_connect_callback")]
        if account.is_oidc
        else [
            (_("Entity id, and address of our metadata"), "saml_metadata"),
            (_("Reply address (ACS)"), "saml_acs"),
            (_("Sign-out address (SLO)"), "saml_sls"),
        ]
    )
    return [(label, f"{settings.BASE_URL}{reverse(name, args=[account.key])}") for label, name in names]


@login_required
@require_POST
def try_work_account(request, public_id):
    """A real sign-in round, whose answer is shown and then forgotten."""
    account = _own(request, public_id)
    if not account.is_complete:
        messages.error(request, _("Fill in the connection first."))
        return redirect("people:work_account", account.public_id)
    return lead_to(request, account, trial=request.user.pk)


@login_required
@never_cache
def work_account_trial(request, public_id):
    account = _own(request, public_id)
    report = request.session.get(TRIAL)
    if not report or report["account"] != account.key:
        return redirect("people:work_account", account.public_id)
    problem = Problem(report["problem"]) if report["problem"] else None
    return render(request, "people/work_account_trial.html", {"account": account, "report": report, "problem": problem})


@login_required
@require_POST
def switch_work_account(request, public_id):
    account = _own(request, public_id)
    form = SwitchForm(request.POST, instance=_own(request, public_id))
    if not form.is_valid():
        return _page(request, account, form_for(_own(request, public_id)), form)
    try:
        actions.switch_work_account(account=account, by=request.user, now=timezone.now(), **form.cleaned_data)
    except actions.NotTried:
        messages.error(request, _("Test the connection first. It can be switched on when a test has gone well."))
    else:
        messages.success(request, _("Saved."))
    return redirect("people:work_account", account.public_id)


@login_required
@require_POST
def remove_work_link(request, public_id, pk):
    account = _own(request, public_id)
    link = get_object_or_404(links_of_account(account), pk=pk)
    actions.remove_link(link=link, by=request.user, now=timezone.now())
    messages.success(request, _("The link has been removed. The next sign-in makes a new one."))
    return redirect("people:work_account", account.public_id)
