"""OpenID Connect as allauth does it, with what it leaves out: the nonce, and checks of a token that came directly."""

import requests
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import get_random_string

from lms.backends.guarded_http import AddressRefused, GuardedSession, refuse_unsafe
from lms.people.adapter.logins import FromWork, WorkLogin
from lms.people.methods.claims import identity_of_token
from lms.people.methods.id_tokens import verified_claims
from lms.people.methods.problems import Problem, SignInRefused

NONCE_LENGTH = 32
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def asked(url: str) -> dict:
    """:raises SignInRefused: when the provider does not answer with JSON at this address."""
    try:
        with GuardedSession() as session:
            response = session.get(url)
            response.raise_for_status()
            answer = response.json()
    except AddressRefused as error:
        raise SignInRefused(Problem.ADDRESS_REFUSED) from error
    except (requests.RequestException, OSError, ValueError) as error:
        raise SignInRefused(Problem.UNREACHABLE) from error
    if not isinstance(answer, dict):
        raise SignInRefused(Problem.UNREADABLE)
    return answer


class WorkOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    nonce = ""

    @property
    def account(self):
        return self.get_provider().account

    @property
    def openid_config(self):
        if not hasattr(self, "_openid_config"):
            self._openid_config = self._discovered()
        return self._openid_config

    def _discovered(self) -> dict:
        config = asked(self.get_provider().server_url)
        if config.get("issuer") != self.account.issuer:
            raise SignInRefused(Problem.WRONG_ISSUER)
        try:
            for name in ENDPOINTS:
                refuse_unsafe(str(config.get(name, "")))
        except AddressRefused as error:
            raise SignInRefused(Problem.ADDRESS_REFUSED) from error
        return config

    def get_callback_url(self, request, app):
        """On our own address, whatever host the request named."""
        return f"{settings.BASE_URL}{reverse('openid_connect_callback', args=[self.account.key])}"

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        try:
            return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)
        except OAuth2Error as error:
            raise SignInRefused(Problem.CODE_REFUSED) from error
        except AddressRefused as error:
            raise SignInRefused(Problem.ADDRESS_REFUSED) from error
        except (requests.RequestException, OSError, ValueError) as error:
            raise SignInRefused(Problem.UNREACHABLE) from error

    def parse_token(self, data):
        """Nobody here ever uses the access token, so it is let go at once."""
        return SocialToken()

    def complete_login(self, request, app, token, **kwargs):
        """The ID token alone says who it is: it is signed, and what lies at other addresses is not."""
        claims = verified_claims(
            str(kwargs["response"].get("id_token") or ""),
            keys=asked(self.openid_config["jwks_uri"]),
            issuer=self.account.issuer,
            client_id=app.client_id,
            nonce=self.nonce,
        )
        identity = identity_of_token(claims, shape=self.account.reading, own=self.account.own_claims)
        return WorkLogin(provider=self.get_provider(), identity=identity)


class WorkOIDCProvider(FromWork, OpenIDConnectProvider):
    oauth2_adapter_class = WorkOAuth2Adapter

    def redirect(self, request, process, next_url=None, data=None, *, email="", **kwargs):
        nonce = get_random_string(NONCE_LENGTH)
        params = {"nonce": nonce} | ({"login_hint": email} if email else {})
        return super().redirect(request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs)
