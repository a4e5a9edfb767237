from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.decorators import login_required
from django.urls import reverse

from lms.people.forms.passkeys import FirstPasskeyForm


class FirstPasskeyView(AddWebAuthnView):
    """Straight after accepting an invitation: one passkey that signs in by itself, then on to the overview."""

    form_class = FirstPasskeyForm
    template_name = "people/first_passkey.html"

    def get_form_class(self):
        return self.form_class

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, passwordless=True)}
        return context

    def get_success_url(self):
        return reverse("home:overview")


first_passkey = login_required(FirstPasskeyView.as_view())
