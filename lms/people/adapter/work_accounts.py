"""Work accounts for allauth: our rows are its only source, and our action alone decides who comes in."""

from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.backends.guarded_http import GuardedSession
from lms.people import actions
from lms.people.adapter.oidc import WorkOIDCProvider
from lms.people.adapter.saml import WorkSAMLProvider
from lms.people.methods.problems import Problem, SignInRefused
from lms.people.models import WorkAccount
from lms.people.queries import standing_of_identity

PROVIDERS = {"openid_connect": WorkOIDCProvider, "saml": WorkSAMLProvider}
TRIAL = "work_account_trial"


def app_of(account: WorkAccount) -> SocialApp:
    """The row as allauth wants to see it; never stored."""
    app = SocialApp(provider_id=account.key, name=account.organisation.name)
    if account.is_oidc:
        app.provider, app.client_id, app.secret = "openid_connect", account.client_id, account.client_secret
        app.settings = {"server_url": account.issuer.rstrip("/"), "oauth_pkce_enabled": True}
    else:
        app.provider, app.client_id, app.settings = "saml", account.key, saml_settings(account)
    app.work_account = account
    return app


def saml_settings(account: WorkAccount) -> dict:
    own = f"{settings.BASE_URL}{reverse('saml_metadata', args=[account.key])}"
    theirs = {"entity_id": account.entity_id, "sso_url": account.sso_url, "slo_url": account.slo_url, "x509cert": ""}
    return {
        "idp": theirs,
        "sp": {"entity_id": own},
        "advanced": {
            "x509cert": account.own_certificate,
            "private_key": account.own_key,
            "authn_request_signed": True,
            "logout_request_signed": True,
            "logout_response_signed": True,
            "want_assertion_signed": True,
            "want_name_id": False,
            "want_attribute_statement": False,
            "metadata_signed": False,
            "name_id_format": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
            # A provider on loopback has no dots in its name.
            "allow_single_label_domains": settings.IDENTITY_PROVIDERS_ON_LOOPBACK,
        },
    }


def refusal(request, problem: Problem):
    """A page that says whom to ask. It says the same of an address nobody knows and of one without an invitation."""
    is_about_invitation = problem in {Problem.NOT_INVITED, Problem.OTHER_DOMAIN}
    context = {"problem": problem, "is_about_invitation": is_about_invitation}
    return render(request, "people/work_refused.html", context, status=403)


class WorkAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(self, request, provider=None, client_id=None):
        accounts = WorkAccount.objects.select_related("organisation")
        if provider not in PROVIDERS and provider is not None:
            accounts = accounts.filter(public_id=_uuid(provider))
        elif provider == "saml" and client_id:
            accounts = accounts.filter(public_id=_uuid(client_id))
        apps = [app_of(account) for account in accounts]
        return [app for app in apps if provider in {None, app.provider, app.provider_id}]

    def list_providers(self, request):
        """No row of buttons: the address a person writes leads to the right one."""
        return []

    def get_provider(self, request, provider, client_id=None):
        app = self.get_app(request, provider=provider, client_id=client_id)
        return PROVIDERS[app.provider](request, app=app)

    def get_requests_session(self):
        return GuardedSession()

    def is_open_for_signup(self, request, sociallogin):
        return False

    def validate_disconnect(self, account, accounts):
        raise ValidationError(_("Your workplace looks after this. Ask your coordinator if the link must go."))

    def pre_social_login(self, request, sociallogin):
        account = sociallogin.provider.account
        if sociallogin.state.get("trial"):
            raise ImmediateHttpResponse(self._tried(request, account, sociallogin.identity))
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refusal(request, Problem.NOT_ASKED))
        try:
            link = actions.come_in_from_work(account=account, identity=sociallogin.identity, now=timezone.now())
        except SignInRefused as refused:
            raise ImmediateHttpResponse(refusal(request, refused.problem)) from refused
        sociallogin.account, sociallogin.user = link, link.user
        sociallogin.state["is_strong"] = account.counts_as_second_factor or sociallogin.identity.is_strong

    def on_authentication_error(self, request, provider, error=AuthError.UNKNOWN, exception=None, extra_context=None):
        problem = _problem_of(error, exception)
        state = (extra_context or {}).get("state") or {}
        answer = self._failed(request, provider.account, problem) if state.get("trial") else refusal(request, problem)
        raise ImmediateHttpResponse(answer)

    def _tried(self, request, account, identity):
        """What came back and what would have happened. Nobody is signed in and nothing is linked."""
        now = timezone.now()
        standing = standing_of_identity(account, identity, now)
        told = {name: getattr(identity, name) for name in ("subject", "email", "name", "claims", "is_strong")}
        report = told | {"person": standing.person.name if standing.person else ""}
        report |= {"is_first": standing.person is not None and standing.link is None}
        return self._reported(request, account, report, standing.problem, now)

    def _failed(self, request, account, problem):
        return self._reported(request, account, {}, problem, timezone.now())

    def _reported(self, request, account, report, problem, now):
        # Whether this very person is invited says nothing of the connection.
        went_well = bool(report) and problem in {None, Problem.NOT_INVITED, Problem.ANOTHER_SUBJECT}
        actions.note_trial(account=account, went_well=went_well, by=request.user, now=now)
        report |= {"problem": problem.value if problem else "", "went_well": went_well}
        request.session[TRIAL] = {"account": account.key, **report}
        return redirect("people:work_account_trial", account.public_id)


def _problem_of(error, exception) -> Problem:
    if isinstance(exception, SignInRefused):
        return exception.problem
    return Problem.REFUSED_THERE if error == AuthError.CANCELLED else Problem.NOT_ASKED


def _uuid(text):
    try:
        return UUID(str(text))
    except ValueError:
        return None
