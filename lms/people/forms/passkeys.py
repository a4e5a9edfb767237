"""allauth's passkey forms, whose one text of a person's own is the name of the key."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from lms.people.forms.guarded import guard_text

# What the parsers of keys' answers raise at something that is none.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class GuardedNameMixin:
    """The guard stands at the field: a refused name leaves no key behind."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(guard_text)
        self.fields["name"].label = _("Name of the passkey")


class NewKeyMixin(GuardedNameMixin):
    """Whatever a program sends in place of a new key is a wrong answer, and no error of ours."""

    def clean(self):
        try:
            return super().clean()  # type: ignore[misc] # of the form beside it
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AnswerMixin:
    """The same for the answer of a key that is known."""

    def clean_credential(self):
        try:
            return super().clean_credential()  # type: ignore[misc] # of the form beside it
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class FirstPasskeyForm(NewKeyMixin, webauthn.SignupWebAuthnForm):
    """For somebody who has just accepted an invitation: a key that signs in by itself."""


class AddPasskeyForm(NewKeyMixin, webauthn.AddWebAuthnForm):
    """For somebody who is signed in and adds a key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["passwordless"]
        field.label, field.initial = _("It also signs me in by itself, without a password"), True
        field.help_text = _("Take the tick away for an old security key without a PIN.")


class EditPasskeyForm(GuardedNameMixin, webauthn.EditWebAuthnForm):
    """For a new name of a key."""


class LoginPasskeyForm(AnswerMixin, webauthn.LoginWebAuthnForm):
    """The key says who it is."""


class AuthenticatePasskeyForm(AnswerMixin, webauthn.AuthenticateWebAuthnForm):
    """The key as a second step."""


class ReauthenticatePasskeyForm(AnswerMixin, webauthn.ReauthenticateWebAuthnForm):
    """The key once more."""
