"""SAML 2.0 as allauth and python3-saml do it, with what they leave to chance made certain."""

import base64
from urllib.parse import urlsplit

import xmlsec
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from allauth.socialaccount.providers.saml.utils import build_saml_config
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from lms.people.adapter.logins import FromWork, WorkLogin
from lms.people.methods.certificates import bodies_in
from lms.people.methods.claims import Identity, identity_of_assertion
from lms.people.methods.problems import Problem, SignInRefused

Said = OneLogin_Saml2_ValidationError
CONFIRMATION = "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"
UNREADABLE = (etree.LxmlError, xmlsec.Error, OneLogin_Saml2_Error, ValueError, TypeError, AttributeError, KeyError)
MEANINGS = {
    Said.ASSERTION_TOO_EARLY: Problem.CLOCK,
    Said.ASSERTION_EXPIRED: Problem.CLOCK,
    Said.SESSION_EXPIRED: Problem.CLOCK,
    Said.WRONG_AUDIENCE: Problem.WRONG_AUDIENCE,
    Said.WRONG_ISSUER: Problem.WRONG_ISSUER,
    Said.ISSUER_MULTIPLE_IN_RESPONSE: Problem.WRONG_ISSUER,
    Said.WRONG_DESTINATION: Problem.WRONG_PLACE,
    Said.EMPTY_DESTINATION: Problem.WRONG_PLACE,
    Said.WRONG_SUBJECTCONFIRMATION: Problem.WRONG_PLACE,
    Said.WRONG_INRESPONSETO: Problem.NOT_ASKED,
    Said.NO_SIGNED_ASSERTION: Problem.NOT_SIGNED,
    Said.NO_SIGNED_MESSAGE: Problem.NOT_SIGNED,
    Said.NO_SIGNATURE_FOUND: Problem.NOT_SIGNED,
    Said.INVALID_SIGNATURE: Problem.BAD_SIGNATURE,
    Said.WRONG_SIGNED_ELEMENT: Problem.BAD_SIGNATURE,
    Said.DUPLICATED_ID_IN_SIGNED_ELEMENTS: Problem.BAD_SIGNATURE,
    Said.DUPLICATED_REFERENCE_IN_SIGNED_ELEMENTS: Problem.BAD_SIGNATURE,
    Said.UNEXPECTED_SIGNED_ELEMENTS: Problem.BAD_SIGNATURE,
    Said.INVALID_SIGNED_ELEMENT: Problem.BAD_SIGNATURE,
    Said.WRONG_NUMBER_OF_SIGNATURES_IN_RESPONSE: Problem.BAD_SIGNATURE,
    Said.WRONG_NUMBER_OF_SIGNATURES_IN_ASSERTION: Problem.BAD_SIGNATURE,
    Said.DEPRECATED_SIGNATURE_METHOD: Problem.BAD_SIGNATURE,
    Said.DEPRECATED_DIGEST_METHOD: Problem.BAD_SIGNATURE,
    Said.STATUS_CODE_IS_NOT_SUCCESS: Problem.REFUSED_THERE,
}


class StrictResponse(OneLogin_Saml2_Response):
    """Inside what was signed must stand which question it answers, at which address, and for whom it is meant.

    The library accepts an assertion without them, and then one that was caught elsewhere fits any question.
    """

    def is_valid(self, request_data, request_id=None, raise_exceptions=False):
        super().is_valid(request_data, request_id, raise_exceptions=True)
        place = self._settings.get_sp_data()["assertionConsumerService"]["url"]
        confirmed = self._query_assertion(CONFIRMATION)
        if not any(data.get("Recipient") == place for data in confirmed):
            raise Said("Recipient", Said.WRONG_SUBJECTCONFIRMATION)
        if not all(data.get("InResponseTo") == request_id and data.get("NotOnOrAfter") for data in confirmed):
            raise Said("InResponseTo", Said.WRONG_INRESPONSETO)
        if self._settings.get_sp_data()["entityId"] not in self.get_audiences():
            raise Said("Audience", Said.WRONG_AUDIENCE)
        return True


class StrictAuth(OneLogin_Saml2_Auth):
    response_class = StrictResponse


def document_in(request) -> bytes:
    """:raises SignInRefused: when there is none, or one with comments: they have hidden halves of names before."""
    try:
        document = base64.b64decode(request.POST.get("SAMLResponse", ""), validate=False)
    except ValueError as error:
        raise SignInRefused(Problem.UNREADABLE) from error
    if not document or b"<!--" in document or b"<!DOCTYPE" in document.upper():
        raise SignInRefused(Problem.UNREADABLE)
    return document


class WorkSAMLProvider(FromWork, SAMLProvider):
    def settings_for(self, request) -> dict:
        """Ours and theirs. A provider that changes its key lists the old certificate and the new one."""
        config = self.own_settings(request)
        config["idp"]["x509certMulti"] = {"signing": bodies_in(self.account.certificates)}
        return config

    def own_settings(self, request) -> dict:
        """Built on our own address, whatever host the request named."""
        config = build_saml_config(request, self.app.settings, self.account.key)
        for service, name in (("assertionConsumerService", "saml_acs"), ("singleLogoutService", "saml_sls")):
            config["sp"][service]["url"] = f"{settings.BASE_URL}{reverse(name, args=[self.account.key])}"
        return config

    def auth_for(self, request) -> StrictAuth:
        own = urlsplit(settings.BASE_URL)
        asked = {
            "https": "on" if own.scheme == "https" else "off",
            "http_host": own.netloc,
            "script_name": "",
            "path_info": request.path,
            "get_data": request.GET.copy(),
            "post_data": request.POST.copy(),
        }
        return StrictAuth(asked, self.settings_for(request))

    def redirect(self, request, process, next_url=None, data=None, *, email="", **kwargs):
        auth = self.auth_for(request)
        address = auth.login(return_to="")
        question = auth.get_last_request_id()
        self.stash_redirect_state(request, process, next_url, data, state_id=question, **kwargs)
        return HttpResponseRedirect(address)

    def question_in(self, answer) -> str:
        """Which question of ours an answer names. Not verified yet: it only finds the question in one's own session.

        :raises SignInRefused: when the answer cannot be read.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(document_in(answer), parser)
        except UNREADABLE as error:
            raise SignInRefused(Problem.UNREADABLE) from error
        return root.get("InResponseTo", "")

    def take_question(self, request, question: str) -> dict:
        """The question, once: the same answer finds it gone the second time.

        :raises SignInRefused: when it is none of this browser's.
        """
        state = statekit.unstash_state(request, provider_id=self.sub_id, state_id=question)
        if state is None:
            raise SignInRefused(Problem.NOT_ASKED)
        return state

    def login_in(self, answer, question: str) -> WorkLogin:
        """Who the answer is about.

        :raises SignInRefused: saying what does not hold.
        """
        auth = self.auth_for(answer)
        try:
            auth.process_response(request_id=question)
        except Said as error:
            raise SignInRefused(MEANINGS.get(error.code, Problem.UNREADABLE)) from error
        except UNREADABLE as error:
            raise SignInRefused(Problem.UNREADABLE) from error
        return WorkLogin(provider=self, identity=self._identity(auth))

    def _identity(self, auth) -> Identity:
        return identity_of_assertion(
            auth.get_attributes(),
            nameid=auth.get_nameid() or "",
            nameid_format=auth.get_nameid_format() or "",
            contexts=auth.get_last_authn_contexts(),
            shape=self.account.reading,
            own=self.account.own_claims,
        )

    def leave(self, request, on_leaving) -> str:
        """Their sign-out reached us. Answers with the address to send the browser on to.

        :raises SignInRefused: unless the provider signed it.
        """
        if "Signature" not in request.GET:
            raise SignInRefused(Problem.NOT_SIGNED)
        auth = self.auth_for(request)
        try:
            address = auth.process_slo(delete_session_cb=on_leaving)
        except UNREADABLE as error:
            raise SignInRefused(Problem.UNREADABLE) from error
        if auth.get_errors():
            raise SignInRefused(Problem.BAD_SIGNATURE)
        return address or ""

    def own_metadata(self, request) -> bytes | str:
        """Our half, which the organisation needs before we know theirs."""
        own = self.own_settings(request) | {"idp": {}}
        return OneLogin_Saml2_Settings(settings=own, sp_validation_only=True).get_sp_metadata()
