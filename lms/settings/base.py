"""What every way of running has in common. Values that differ come from environment variables only."""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
VAR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR.mkdir(exist_ok=True)
DEMO = env.bool("DEMO", default=False)


def database(default: str) -> dict:
    """The database of DATABASE_URL; SQLite gets the pragmas without which ten writers lock each other out."""
    settings = env.db_url("DATABASE_URL", default=default)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
        }
    else:
        # No page may hold the database longer: lms.wsgi sets it for the web alone, not for tasks and migrations.
        if limit := env.int("STATEMENT_TIMEOUT", default=0):
            settings.setdefault("OPTIONS", {})["options"] = f"-c statement_timeout={limit}"
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


def require(name: str) -> str:
    """An environment variable production cannot do without."""
    value = env.str(name, default="")
    if not value:
        message = f"Set the environment variable {name}."
        raise ImproperlyConfigured(message)
    return value


DEBUG = False
BASE_URL = env.str("BASE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}")
WAGTAILADMIN_BASE_URL = BASE_URL
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "lms.notifications",
    "lms.people",
    "lms.programme",
    "lms.meetings",
    "lms.forum",
    "courses",
    "supervision",
    "lms.home",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "lms.home.middleware.harden",
    "django.middleware.security.SecurityMiddleware",
    "lms.meetings.middleware.feeds_first",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.home.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.home.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lms.people.middleware.sessions_end",
    "lms.people.middleware.work_account_sessions",
    "lms.people.middleware.SecondFactorFirst",
    "lms.home.middleware.InformationFirst",
    "courses.middleware.AdminFollowsMembership",
    "lms.people.middleware.AccountsKeepNoNumber",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.home.middleware.private_by_default",
    "lms.home.middleware.refusals_are_logged",
    "lms.home.middleware.FullDisk",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
ASGI_APPLICATION = "lms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.home.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(f"sqlite:///{VAR / 'development.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "lms.backends.forgiving_redis.ForgivingRedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    ),
    # Attempts to sign in; in the database, which holds when Redis is gone. Old ones go when there are many.
    "limits": {
        "BACKEND": "lms.backends.limits.LimitsCache",
        "LOCATION": "people_limits",
        "KEY_FUNCTION": "lms.backends.limits.hashed_key",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 7 * 24 * 3600

# People and sign-in.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "lms.people.methods.passwords.EnoughBesideOurWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:overview"
ACCOUNT_LOGOUT_REDIRECT_URL = "home:front"
ACCOUNT_ADAPTER = "lms.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# allauth's own limits beside these: 30 sign-ins a minute from one place, 5 wrong passwords or codes in 5 minutes for
# one person. A mailbox gets three links an hour for a new password, and ten codes.
ACCOUNT_RATE_LIMITS: dict[str, str] = {
    "reset_password": "20/m/ip,3/h/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "new_invitation": "20/m/ip",
    "work_sign_in": "60/m/ip",
}
MFA_ADAPTER = "lms.people.adapter.SecondFactorAdapter"
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fodfæste"
MFA_FORMS = {
    "authenticate": "lms.people.forms.codes.AuthenticateForm",
    "reauthenticate": "lms.people.forms.codes.ReauthenticateForm",
    "activate_totp": "lms.people.forms.codes.ActivateAppForm",
    "add_webauthn": "lms.people.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "lms.people.forms.passkeys.EditPasskeyForm",
    "login_webauthn": "lms.people.forms.passkeys.LoginPasskeyForm",
    "authenticate_webauthn": "lms.people.forms.passkeys.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "lms.people.forms.passkeys.ReauthenticatePasskeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = False

# Work accounts: rows of ours feed allauth, which never makes an account of what comes back.
SOCIALACCOUNT_ADAPTER = "lms.people.adapter.WorkAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
# A session begun at work ends with the working day, so that an account closed there is closed here soon after.
WORK_ACCOUNT_SESSION = timedelta(hours=10)
# Seal the secrets of other organisations and of second factors; the first seals, all of them open.
SEALING_KEYS = env.list("SEALING_KEYS", default=["no-secrets-here"])
IDENTITY_PROVIDERS_ON_LOOPBACK = False

# Language and time: Danish first.
LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = [("da", "Dansk")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("da", "Dansk"), ("en", "English")]
# Our own catalogue first, so that it wins over the Danish we bring for Wagtail.
LOCALE_PATHS = [
    BASE_DIR / "locale",
    BASE_DIR / "locale" / "vendor" / "wagtail-admin",
    BASE_DIR / "locale" / "vendor" / "wagtail-apps",
]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

# Files.
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR / "media")))
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(VAR / "private")))
STORAGES = {
    "default": {"BACKEND": "courses.storage.WholeFilesStorage"},
    "renditions": {"BACKEND": "courses.storage.RenditionStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# clamd beside the site, when there is one: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl
VIRUS_SCANNER = env.str("VIRUS_SCANNER", default="")

# E-mail: EMAIL_URL as smtp+tls://user:password@host:587, or any backend django-environ knows.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Fodfæste <fodfaeste@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
MAIL_FOLDER = VAR / "mail"
if EMAIL_URL := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "lms.backends.mail_folder.EmailBackend"

# Answers by mail: the mailbox they come in to, as imaps://user:password@host/INBOX, unless the mail server hands them
# to `manage.py receive_mail` itself; and the name in whose Authentication-Results the mail gate vouches for senders.
IMAP_URL = env.str("IMAP_URL", default="")
MAIL_AUTHSERV_ID = env.str("MAIL_AUTHSERV_ID", default="")

# Whom to call and write to: shown on the sign-in page and in the footer.
CONTACT = {
    "name": env.str("CONTACT_NAME", default=""),
    "phone": env.str("CONTACT_PHONE", default=""),
    "email": env.str("CONTACT_EMAIL", default="fodfaeste@example.org"),
}

# Whoever has found a hole writes there (/.well-known/security.txt); an address of mail or of the web.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"mailto:{CONTACT['email']}")
# Who answers for the information kept here, and how their data protection officer is reached.
DATA_PROTECTION = {
    "controller": env.str("DATA_CONTROLLER", default=""),
    "officer": env.str("DATA_PROTECTION_OFFICER", default=""),
}

# Background work. Without Redis the messages lie in files beside the database.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
if not REDIS_URL:
    QUEUE = VAR / "queue"
    for folder in ("messages", "control"):
        (QUEUE / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE / "messages"),
        "data_folder_out": str(QUEUE / "messages"),
        "control_folder": str(QUEUE / "control"),
        "polling_interval": 0.1,
    }
CELERY_IMPORTS = ["lms.backends.tasks"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "send-waiting-notices": {"task": "lms.notifications.tasks.send_waiting_notices", "schedule": 60},
    "nudge-polls": {"task": "lms.meetings.tasks.nudge_polls", "schedule": crontab(hour=7, minute=30)},
    "offer-freed-days": {"task": "courses.tasks.offer_freed_days", "schedule": 600},
    "plan-reminders": {"task": "lms.meetings.tasks.plan_reminders", "schedule": 600},
    "expire-offers": {"task": "lms.meetings.tasks.expire_offers", "schedule": 600},
    "open-check-ins": {"task": "lms.meetings.tasks.open_check_ins", "schedule": 60},
    # First, so that its report counts everything; the two after it are the net, should it stop halfway.
    "keep-no-longer": {"task": "lms.people.tasks.keep_no_longer", "schedule": crontab(hour=3, minute=5)},
    "delete-old-cases": {"task": "supervision.tasks.delete_old_cases", "schedule": crontab(hour=3, minute=15)},
    "forget-refused-mails": {"task": "lms.meetings.tasks.forget_refused_mails", "schedule": crontab(hour=3, minute=30)},
    "update-search-index": {"task": "lms.home.tasks.update_search_index", "schedule": crontab(hour=3, minute=45)},
}
if IMAP_URL:
    CELERY_BEAT_SCHEDULE["poll-mailbox"] = {"task": "lms.home.tasks.poll_mailbox", "schedule": 120}
TASKS = {"default": {"BACKEND": "lms.backends.tasks.CeleryBackend"}}

# Wagtail.
WAGTAIL_SITE_NAME = "Fodfæste"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_FRONTEND_LOGIN_URL = "/konto/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "mp3", "m4a"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "courses.forms.GuardedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.forms.GuardedImageForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILEMBEDS_FINDERS = [
    {
        "class": "wagtail.embeds.finders.oembed",
        "providers": [
            {"endpoint": "https://vimeo.com/api/oembed.json", "urls": [r"^https?://(?:www\.)?vimeo\.com/.+$"]},
        ],
    },
]
SEARCH_IS_POSTGRES = DATABASES["default"]["ENGINE"].endswith("postgresql")
WAGTAILSEARCH_BACKENDS = {
    "default": (
        {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "danish"}
        if SEARCH_IS_POSTGRES
        else {"BACKEND": "lms.backends.danish_sqlite_search"}
    ),
}

# Security. One policy for our pages; the Wagtail admin has its own in lms.home.middleware. Everything comes from our
# own files and nothing is written into a page, so there is no nonce: 'self' without one is stricter, because no text
# that found its way into a page could ever inherit the right to run.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # A work account is left for by a page of ours, not by a form: see decision 0011.
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our pages
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

LOGGING: dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "lms.backends.masking.MaskSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handler of the development server knows no secrets.
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
