"""What holds for everybody's session, and for what is sent to the pages of sign-in."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.forms import guard_text
from lms.people.rules import WORK_SESSION, work_session_holds

NAMESPACES = ("account_", "mfa_", "usersessions_", "people:first_passkey")
# Secrets, and what a key answers: no text for others, and never shown again.
SECRETS = frozenset({"password", "password1", "password2", "oldpassword", "code", "credential", "csrfmiddlewaretoken"})


class AccountsKeepNoNumber:
    """A CPR number is refused before allauth, which asks for the password again, puts the request aside."""

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


def work_account_sessions(get_response):
    """A session begun with a work account ends with the working day, with the work account, or with the link to it."""

    def middleware(request):
        begun = request.session.get(WORK_SESSION)
        if begun and request.user.is_authenticated and not work_session_holds(begun, request.user, timezone.now()):
            logout(request)
            messages.info(request, _("Your sign-in from work has ended. Sign in once more."))
        return get_response(request)

    return middleware
