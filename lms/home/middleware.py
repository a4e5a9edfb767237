"""Headers that hold for every answer."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from lms.home.rules import MUST_READ

# Wagtail's admin writes styles and small scripts into its pages; only editors and administrators come there.
ADMIN_POLICY = {
    **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
PUBLIC = frozenset(
    {"home:front", "courses:course", "home:privacy", "home:accessibility", "home:guidelines", "home:contact"}
)


# What opens for somebody who has not read the page of the first sign-in: it, what it leads to, and the way out.
OPEN_UNREAD = frozenset(
    {"home:information", "home:privacy", "set_language", "account_logout", "home:demo_sign_in", "home:healthz"}
    | {"home:security_txt"}
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Our strict policy everywhere, and a looser one for the editors' admin alone."""

    def process_response(self, request, response):
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY  # noqa: SLF001 - django-csp's documented hook
        return super().process_response(request, response)


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Danish, until somebody chooses English in the footer: a browser set up in English is no such choice."""

    def process_request(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language


class InformationFirst:
    """Whoever has not read what we keep about them meets that page before any other; their session says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, _view, _args, _kwargs):
        if not request.user.is_authenticated or not request.session.get(MUST_READ):
            return None
        if request.resolver_match.view_name in OPEN_UNREAD:
            return None
        wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        query = f"?{urlencode({REDIRECT_FIELD_NAME: wanted})}" if wanted else ""
        return redirect(f"{reverse('home:information')}{query}")


def private_by_default(get_response):
    """Only the public pages may be indexed, and nothing a signed-in person saw is kept by a shared cache."""

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if match is None or match.view_name not in PUBLIC:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
