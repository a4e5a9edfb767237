"""What django-allauth asks of us: nobody signs up by themselves, and nobody is sent to another site."""

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.people.adapter.second_factor import SecondFactorAdapter, SecondFactorStage
from lms.people.adapter.work_accounts import WorkAccountAdapter
from lms.people.rules import BEGUN_AT, WORK_SESSION, can_sign_in, must_use_work_account

__all__ = ["AccountAdapter", "SecondFactorAdapter", "WorkAccountAdapter", "list_session"]

ALLAUTHS_STAGE = "allauth.mfa.stages.AuthenticateStage"
OUR_STAGE = f"{SecondFactorStage.__module__}.{SecondFactorStage.__name__}"
# So soon after signing in nobody is asked for the password again.
FRESH = timedelta(minutes=10)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail and password do not fit together. Try again, or get a code by e-mail."),
    }

    def is_open_for_signup(self, _request):
        return False

    def get_login_stages(self):
        return [OUR_STAGE if stage == ALLAUTHS_STAGE else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app, **kwargs):
        age = timezone.now().timestamp() - context.request.session.get(BEGUN_AT, 0)
        return age > FRESH.total_seconds() and super().is_reauthentication_required(app=app, **kwargs)

    def is_safe_url(self, url):
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def pre_login(self, request, user, **kwargs):
        """A password reset or a code by e-mail is no way around the invitation."""
        if not can_sign_in(user):
            return redirect("people:new_invitation")
        if _login_from_work(kwargs) is None and must_use_work_account(user):
            messages.info(
                request, gettext("Your workplace lets you in through its own sign-in. Use your work account.")
            )
            return redirect("people:work_sign_in")
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        _note_beginning(request, _login_from_work(kwargs))
        response = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
        )
        return response

    def send_password_reset_mail(self, user, email, context):
        if can_sign_in(user):
            super().send_password_reset_mail(user, email, context)

    def get_reset_password_from_key_url(self, key):
        """Built on our own address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.BASE_URL}{path.replace('UID-KEY', key)}"


def list_session(request):
    """A sign-in beside allauth's own doors stands in the list of sessions like any other."""
    UserSession.objects.create_from_request(request)


def _login_from_work(kwargs):
    return (kwargs.get("signal_kwargs") or {}).get("sociallogin")


def _note_beginning(request, login):
    """A session keeps with which work account it was begun, until when it lasts, and whether that was two factors."""
    request.session.pop(WORK_SESSION, None)
    if login is not None:
        request.session[WORK_SESSION] = {
            "account": login.account.provider,
            "until": (timezone.now() + settings.WORK_ACCOUNT_SESSION).timestamp(),
            "is_strong": bool(login.state.get("is_strong")),
        }
