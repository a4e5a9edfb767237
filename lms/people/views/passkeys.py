from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.forms.passkeys import FirstPasskeyForm
from lms.people.rules import can_remove_factor, must_use_second_factor


class FirstPasskeyView(AddWebAuthnView):
    """Straight after accepting an invitation: one passkey that signs in by itself, then on to the overview."""

    form_class = FirstPasskeyForm
    template_name = "people/first_passkey.html"

    def get_form_class(self):
        return self.form_class

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["must_use_second_factor"] = must_use_second_factor(self.request.user)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, passwordless=True)}
        return context

    def get_success_url(self):
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "home:overview")


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth asks nobody whether a passkey may go."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(can_remove=can_remove_factor(self.object), **kwargs)

    def form_valid(self, form):
        if not can_remove_factor(self.object):
            messages.error(
                self.request, _("Your role asks for a second step, and this is your only one. Set up another first.")
            )
            return redirect("mfa_index")
        return super().form_valid(form)


first_passkey = login_required(FirstPasskeyView.as_view())
remove_passkey = RemovePasskeyView.as_view()
