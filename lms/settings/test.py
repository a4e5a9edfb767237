"""The tests: cheap passwords, mail in memory, background work in the same process."""

from urllib.parse import urlsplit

from lms.settings.base import *

SECRET_KEY = "tests-only"  # noqa: S105
DATABASES = {"default": database(f"sqlite:///{VAR / 'test.sqlite3'}")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = VAR / "test-media"
PRIVATE_ROOT = VAR / "test-private"
MAIL_FOLDER = VAR / "test-mail"
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment] # allauth's word for none
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
CELERY_BROKER_URL = "memory://"
IDENTITY_PROVIDERS_ON_LOOPBACK = True  # the tests run their own

if REDIS_URL:
    # A database for each test process: emptying the cache after a test must not empty another's.
    worker = env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
    number = int(urlsplit(REDIS_URL).path.strip("/") or 0) + int(worker)
    CACHES["default"]["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{number}").geturl()
