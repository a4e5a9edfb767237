"""allauth's passkey forms, whose one text of a person's own is the name of the key."""

from allauth.mfa.webauthn import forms as webauthn

from lms.people.forms.guarded import guard_text


class GuardedNameMixin:
    """The guard stands at the field: a refused name leaves no key behind."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(guard_text)


class FirstPasskeyForm(GuardedNameMixin, webauthn.SignupWebAuthnForm):
    """For somebody who has just accepted an invitation: a key that signs in by itself."""


class AddPasskeyForm(GuardedNameMixin, webauthn.AddWebAuthnForm):
    """For somebody who is signed in and adds a key."""


class EditPasskeyForm(GuardedNameMixin, webauthn.EditWebAuthnForm):
    """For a new name of a key."""
