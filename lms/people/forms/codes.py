"""allauth's forms for codes, with words that say which code, and the keyboard of numbers on a phone."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _


class CodeMixin:
    code_label = _("Code from your app, or a recovery code")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = self.code_label
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "placeholder": ""}


class AuthenticateForm(CodeMixin, base.AuthenticateForm):
    """The second step of a sign-in."""


class ReauthenticateForm(CodeMixin, base.ReauthenticateForm):
    """The code once more."""


class ActivateAppForm(CodeMixin, totp.ActivateTOTPForm):
    """The first code of an app that is being set up."""

    code_label = _("Six digits from the app")
