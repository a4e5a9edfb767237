"""The way to an organisation's own sign-in, and the way back."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import httpkit
from allauth.core.ratelimit import consume_or_429
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login, render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.sessions import LoginSession
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lms.people.forms import WorkEmailForm
from lms.people.methods.problems import Problem, SignInRefused
from lms.people.queries import work_account_for_email

LONGEST_ANSWER = 256 * 1024
ANSWER_WAITS = 300


@never_cache
def work_sign_in(request):
    """The domain alone decides where it leads, so that the answer is the same for known and unknown people of it."""
    if request.user.is_authenticated:
        return redirect("home:overview")
    if too_many := consume_or_429(request, action="work_sign_in"):
        return too_many
    form = WorkEmailForm(_typed(request))
    next_url = get_next_redirect_url(request)
    if request.method == "POST" and form.is_valid():
        if account := work_account_for_email(form.cleaned_data["email"]):
            return lead_to(request, account, next_url=next_url, email=form.cleaned_data["email"])
        form.add_error("email", _("No workplace has its own sign-in for addresses like this one. Use your password."))
    return render(request, "people/work_sign_in.html", {"form": form, "next_url": next_url or ""})


def _typed(request):
    """On the sign-in page the address stands in allauth's field, and is not typed twice."""
    if request.method != "POST":
        return None
    return {"email": request.POST.get("email") or request.POST.get("login", "")}


def lead_to(request, account, *, next_url=None, email="", **state):
    """A page that leads on at once: our policy on where forms may lead stops a redirect straight after one."""
    provider = get_adapter().get_provider(request, provider=account.key)
    try:
        answer = provider.redirect(request, "login", next_url, email=email, **state)
    except SignInRefused as refused:
        return render_authentication_error(request, provider, exception=refused, extra_context={"state": state})
    return render(request, "people/work_forward.html", {"url": answer.url, "organisation": account.organisation})


def provider_or_404(request, key):
    try:
        return get_adapter().get_provider(request, provider=key)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


class OIDCCallbackView(OAuth2CallbackView):
    def __init__(self, request, provider):
        self.request, self.provider = request, provider
        self.adapter = provider.get_oauth2_adapter(request)
        self.state = None

    def answer(self):
        try:
            return self.dispatch(self.request)
        except SignInRefused as refused:
            state = {"state": self.state}
            return render_authentication_error(self.request, self.provider, exception=refused, extra_context=state)

    def _get_state(self, request, provider):
        self.state, response = super()._get_state(request, provider)
        self.adapter.nonce = (self.state or {}).get("nonce", "")
        return self.state, response


@never_cache
@require_GET
def oidc_callback(request, provider_id):
    provider = provider_or_404(request, provider_id)
    if not provider.account.is_oidc:
        raise Http404
    return OIDCCallbackView(request, provider).answer()


def saml_provider_or_404(request, key):
    provider = provider_or_404(request, key)
    if provider.account.is_oidc:
        raise Http404
    return provider


@csrf_exempt
@require_POST
def saml_acs(request, organization_slug):
    """The form comes from another site and so without our session: it is kept for a moment, and read with it."""
    provider = saml_provider_or_404(request, organization_slug)
    if not 0 < len(request.POST.get("SAMLResponse", "")) <= LONGEST_ANSWER:
        return refused(request, provider, Problem.UNREADABLE)
    response = HttpResponseRedirect(reverse("saml_finish_acs", args=[organization_slug]))
    kept = LoginSession(request, "saml_acs_session", "saml-acs-session")
    kept.store.update({"request": httpkit.serialize_request(request)})
    kept.store.set_expiry(ANSWER_WAITS)
    kept.save(response)
    response.cookies[kept.cookie_name]["httponly"] = True
    return response


@never_cache
@require_GET
def saml_finish_acs(request, organization_slug):
    provider = saml_provider_or_404(request, organization_slug)
    kept = LoginSession(request, "saml_acs_session", "saml-acs-session")
    stored = kept.store.get("request")
    kept.delete()
    if not stored:
        return refused(request, provider, Problem.NOT_ASKED)
    return _read(request, provider, httpkit.deserialize_request(stored, HttpRequest()))


def _read(request, provider, answer):
    """One question, one answer: it is taken before the answer is read."""
    state = None
    try:
        question = provider.question_in(answer)
        state = provider.take_question(request, question)
        login = provider.login_in(answer, question)
    except SignInRefused as problem:
        return refused(request, provider, problem.problem, state)
    login.state = state
    return complete_social_login(request, login)


def refused(request, provider, problem, state=None):
    refusal = SignInRefused(problem)
    return render_authentication_error(request, provider, exception=refusal, extra_context={"state": state})


@never_cache
@require_GET
def saml_sls(request, organization_slug):
    """Somebody signed out at work: they are signed out here too, in the browser they did it in."""
    provider = saml_provider_or_404(request, organization_slug)
    account_adapter = get_account_adapter(request)
    try:
        address = provider.leave(request, lambda: account_adapter.logout(request))
    except SignInRefused as problem:
        return refused(request, provider, problem.problem)
    return HttpResponseRedirect(address or reverse(settings.ACCOUNT_LOGOUT_REDIRECT_URL))


@require_GET
def saml_metadata(request, organization_slug):
    provider = saml_provider_or_404(request, organization_slug)
    return HttpResponse(provider.own_metadata(request), content_type="text/xml", status=HTTPStatus.OK)
