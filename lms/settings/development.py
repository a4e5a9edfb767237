"""Working on Fodfæste itself: readable errors, no secrets."""

from lms.settings.base import *

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="development-only")
