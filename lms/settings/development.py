"""Working on Fodfæste itself: readable errors, no secrets."""

from lms.settings.base import *  # noqa: F403 - settings files are layers of one namespace

DEBUG = env.bool("DEBUG", default=True)  # noqa: F405
SECRET_KEY = env.str("SECRET_KEY", default="development-only")  # noqa: F405
