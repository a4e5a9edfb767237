"""The demo: invented people, one click to every role, everything inside var/. Never a production setting."""

from lms.settings.base import *  # noqa: F403 - settings files are layers of one namespace

DEMO = True
SECRET_KEY = env.str("SECRET_KEY", default="the-demo-has-no-secrets")  # noqa: F405
DATABASES = {"default": database(f"sqlite:///{VAR / 'demo.sqlite3'}")}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
