"""What django-allauth asks of us: nobody signs up by themselves, and nobody is sent to another site."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from lms.people.rules import can_sign_in


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail and password do not fit together. Try again, or get a code by e-mail."),
    }

    def is_open_for_signup(self, _request):
        return False

    def is_safe_url(self, url):
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def pre_login(self, request, user, **kwargs):
        """A password reset or a code by e-mail is no way around the invitation."""
        if not can_sign_in(user):
            return redirect("people:new_invitation")
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def send_password_reset_mail(self, user, email, context):
        if can_sign_in(user):
            super().send_password_reset_mail(user, email, context)

    def get_reset_password_from_key_url(self, key):
        """Built on our own address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.BASE_URL}{path.replace('UID-KEY', key)}"
