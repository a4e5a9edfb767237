"""A real installation. Refuses to start without its secrets, and with the demo's open doors."""

from django.core.exceptions import ImproperlyConfigured

from lms.settings.base import *

if DEMO:
    message = "DEMO=1 opens every role to everybody and cannot be combined with the production settings."
    raise ImproperlyConfigured(message)

SECRET_KEY = require("SECRET_KEY")
DATABASES = {"default": {**database(require("DATABASE_URL"))}}
require("EMAIL_URL")
WORK_ACCOUNT_KEYS = require("WORK_ACCOUNT_KEYS").split(",")
BASE_URL = WAGTAILADMIN_BASE_URL = require("BASE_URL")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    import sentry_sdk

    from lms.backends import error_reports

    sentry_sdk.init(**error_reports.options(SENTRY_DSN))
