"""A real installation. Refuses to start without its secrets, and with the demo's open doors."""

from django.core.exceptions import ImproperlyConfigured

from lms.settings.base import *

if DEMO:
    message = "DEMO=1 opens every role to everybody and cannot be combined with the production settings."
    raise ImproperlyConfigured(message)

LONG_ENOUGH, SIGNS_ENOUGH = 50, 12


def strong(name: str, value: str) -> str:
    """What is guessed opens everything: a word or one letter over and over is no secret."""
    if len(value) < LONG_ENOUGH or len(set(value)) < SIGNS_ENOUGH or value.startswith("django-insecure"):
        message = f"{name} is too easy to guess: at least {LONG_ENOUGH} random characters."
        raise ImproperlyConfigured(message)
    return value


SECRET_KEY = strong("SECRET_KEY", require("SECRET_KEY"))
DATABASES = {"default": {**database(require("DATABASE_URL"))}}
require("EMAIL_URL")
SEALING_KEYS = [strong("SEALING_KEYS", key) for key in require("SEALING_KEYS").split(",")]
BASE_URL = WAGTAILADMIN_BASE_URL = require("BASE_URL")
if not BASE_URL.startswith("https://"):
    message = "BASE_URL begins with https:// in production."
    raise ImproperlyConfigured(message)
ALLOWED_HOSTS = require("ALLOWED_HOSTS").split(",")
if "*" in ALLOWED_HOSTS:
    message = "ALLOWED_HOSTS names the hosts; * would let anybody's name into our links."
    raise ImproperlyConfigured(message)

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Whether browsers shall know the host before they have met it is for the owner of the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# The prefix binds a cookie to this host, and no other page of the municipality's domain can plant one.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "__Host-session", "__Host-csrf", "__Host-language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    import sentry_sdk

    from lms.backends import error_reports

    sentry_sdk.init(**error_reports.options(SENTRY_DSN))
