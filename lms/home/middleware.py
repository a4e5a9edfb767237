"""Headers that hold for every answer."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

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
