"""Headers that hold for every answer."""

import errno
import logging
from http import HTTPStatus

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from lms.home.rules import MUST_READ
from lms.people.rules import has_second_factor, must_use_second_factor

logger = logging.getLogger(__name__)

# Wagtail's own pages. No inline script and no handler in an attribute; styles its editor sets from its scripts.
ADMIN_POLICY = {
    **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src-attr": ["'none'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
# Where Wagtail 7.4 writes scripts into the page itself: the choosers, dates and lists of its forms. Neither a nonce nor
# hashes can name them: the editor takes them out of templates and out of dialogues fetched later, and writes the names
# of fields into them. So these pages alone allow them, still without handlers in attributes, and with nothing from
# elsewhere: what got in could send nothing anywhere.
FORM_POLICY = {**ADMIN_POLICY, "script-src": ["'self'", "'unsafe-inline'"]}
FORM_VIEWS = frozenset(
    {
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:choose_parent",
        "wagtailadmin_workflows:add",
        "wagtailadmin_workflows:edit",
        # Lists one can filter by date.
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_pages:type_use",
        "wagtailadmin_pages:history",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:aging_pages",
    }
)
SNIPPETS, SNIPPET_FORMS = "wagtailsnippets_", (":add", ":edit", ":copy", ":history")
# What is no page: files, feeds, answers without words.
BARE_POLICY = "default-src 'none'; frame-ancestors 'none'"
UNUSED_POWERS = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{power}=()" for power in UNUSED_POWERS)
REFUSED = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS})
SIGN_OUT = "account_logout"
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
            response._csp_replace = admin_policy(request.resolver_match)  # noqa: SLF001 - django-csp's documented hook
        return super().process_response(request, response)


def admin_policy(match) -> dict:
    name = match.view_name if match else ""
    is_form = name in FORM_VIEWS or (name.startswith(SNIPPETS) and name.endswith(SNIPPET_FORMS))
    return FORM_POLICY if is_form else ADMIN_POLICY


def harden(get_response):
    """The outermost layer: also files, feeds and refusals carry these, whoever made them."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", BARE_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


class FullDisk:
    """Where nothing more can be stored the person is told so; what was half written has been taken away by then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OSError) and exception.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return render(request, "507.html", status=HTTPStatus.INSUFFICIENT_STORAGE)
        return None


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
        if request.resolver_match.view_name in OPEN_UNREAD or _waits_for_second_factor(request):
            return None
        wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        query = f"?{urlencode({REDIRECT_FIELD_NAME: wanted})}" if wanted else ""
        return redirect(f"{reverse('home:information')}{query}")


def _waits_for_second_factor(request) -> bool:
    """The second step comes before the reading, and has a guard of its own."""
    return not has_second_factor(request) and must_use_second_factor(request.user)


def refusals_are_logged(get_response):
    """Who was refused which page, by number and by the page's name: never by the address, which may hold a key."""

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if response.status_code in REFUSED and match:
            who = request.user.pk or "nobody"
            logger.warning("refused %s to %s: %d", match.view_name, who, response.status_code)
        return response

    return middleware


def private_by_default(get_response):
    """Only the public pages may be indexed, and nothing a signed-in person saw is kept by a shared cache."""

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if match is None or match.view_name not in PUBLIC:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        elif match and match.view_name == SIGN_OUT and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache"'  # not "storage": a check-in may wait there for a signal
        return response

    return middleware
