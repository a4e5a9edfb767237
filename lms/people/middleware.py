"""The pages of sign-in are allauth's: while it asks for the password again, it keeps in mind what was sent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from lms.people.forms import guard_text

NAMESPACES = ("account_", "mfa_", "usersessions_", "people:first_passkey")
# Secrets, and what a key answers: no text for others, and never shown again.
SECRETS = frozenset({"password", "password1", "password2", "oldpassword", "code", "credential", "csrfmiddlewaretoken"})


class AccountsKeepNoNumber:
    """A CPR number is refused before allauth puts the request aside in the session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, _view, _args, _kwargs):
        if request.method != "POST" or not request.resolver_match.view_name.startswith(NAMESPACES):
            return None
        try:
            for name, values in request.POST.lists():
                if name not in SECRETS:
                    guard_text("\n\n".join(values))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(request.path)
        return None
