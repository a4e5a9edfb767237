"""What holds for everybody's session, and for what is sent to the pages of sign-in."""

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY, logout
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lms.people import actions
from lms.people.forms import guard_text
from lms.people.queries import sign_in_methods_of
from lms.people.rules import (
    SEEN_AT,
    WORK_SESSION,
    has_second_factor,
    must_use_second_factor,
    session_goes_on,
    work_session_holds,
)

NAMESPACES = ("account_", "mfa_", "usersessions_", "people:first_passkey")
# Secrets, and what a key answers: no text for others, and never shown again.
SECRETS = frozenset({"password", "password1", "password2", "oldpassword", "code", "credential", "csrfmiddlewaretoken"})
# How often a session notes that it is in use: writing it down at every page would cost a write each time.
BETWEEN_SIGNS_OF_LIFE = 600
# What is there for whoever has not given a second factor: the public pages, the way out, the words; and the way to give
# one, which depends on whether there is one to give.
OPEN = frozenset(
    {
        "home:front", "home:privacy", "home:accessibility", "home:was", "home:guidelines", "home:contact",
        "home:healthz", "courses:course", "meetings:feed", "set_language", "account_logout", "wagtailadmin_logout",
    }
)  # fmt: skip
SETTING_UP = frozenset(
    {"people:second_factor", "people:first_passkey", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
)
GIVING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


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


def sessions_end(get_response):
    """A session ends by itself. One whose person was closed out is emptied, and does not come back with the account."""

    def middleware(request):
        if SESSION_KEY in request.session:
            now = timezone.now()
            if not request.user.is_authenticated:
                logout(request)
            elif not session_goes_on(request.session, now):
                logout(request)
                messages.info(
                    request, _("You have been signed out, because it is long since you signed in or were here.")
                )
            elif now.timestamp() - request.session[SEEN_AT] >= BETWEEN_SIGNS_OF_LIFE:
                request.session[SEEN_AT] = now.timestamp()
                actions.note_sign_of_life(session_key=request.session.session_key, now=now)
        return get_response(request)

    return middleware


class SecondFactorFirst:
    """Whoever must use a second factor comes no further without: also when the role came in the middle of a session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, _view, _args, _kwargs):
        name = request.resolver_match.view_name
        if name in OPEN or not request.user.is_authenticated or has_second_factor(request):
            return None
        if not must_use_second_factor(request.user):
            return None
        return way_to_second_factor(request, name)


def way_to_second_factor(request, name):
    """Give the one there is, or set one up. Nobody sets up a second one beside a first that was not given."""
    methods = sign_in_methods_of(request.user)
    if not methods.has_second_factor:
        return None if name in SETTING_UP else redirect("people:second_factor")
    if name in GIVING:
        return None
    takes_codes = methods.has_app or methods.has_recovery_codes
    question = reverse("mfa_reauthenticate" if takes_codes else "mfa_reauthenticate_webauthn")
    # What was sent meanwhile is gone: it would not be the same after coming back.
    came_from = request.get_full_path() if request.method == "GET" else reverse("home:overview")
    return redirect(f"{question}?{urlencode({REDIRECT_FIELD_NAME: came_from})}")
