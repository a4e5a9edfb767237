"""The second factor as allauth asks for it: whom, when not, and who may give it up."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lms.people.methods import sealing
from lms.people.rules import FACTORS, can_remove_factor, is_remembered_device


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "You cannot turn this off: your role asks for it, and you have no other. Set up another one first."
        ),
    }

    def encrypt(self, text):
        """allauth would keep the secrets of apps and recovery codes as they are."""
        return sealing.seal(text, keys=settings.SEALING_KEYS, purpose=sealing.SECOND_FACTOR)

    def decrypt(self, encrypted_text):
        return sealing.unseal(encrypted_text, keys=settings.SEALING_KEYS, purpose=sealing.SECOND_FACTOR)

    def can_delete_authenticator(self, authenticator):
        return can_remove_factor(authenticator)


class SecondFactorStage(AuthenticateStage):
    """allauth's own, beside which two things are ours: a device can be forgotten, and a workplace may have asked."""

    def _should_handle(self, request):
        person = self.login.user
        if person is None or not is_mfa_enabled(person, FACTORS):
            return False
        return not (
            did_use_passwordless_login(request, person)
            or is_strong_from_work(self.login)
            or is_remembered_device(request, person)
        )


def is_strong_from_work(login) -> bool:
    from_work = (login.signal_kwargs or {}).get("sociallogin")
    return from_work is not None and bool(from_work.state.get("is_strong"))
