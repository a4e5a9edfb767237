"""The demo: invented people, one click to every role, everything inside var/. Never a production setting."""

from lms.settings.base import *

DEMO = True
SECRET_KEY = env.str("SECRET_KEY", default="the-demo-has-no-secrets")
DATABASES = {"default": database(f"sqlite:///{VAR / 'demo.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening the file with its pragmas takes 2 ms, and each page would do it
MFA_TRUST_ENABLED = False  # whoever shares a demo shares its browser
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
CONTACT = {"name": "Line Falk, kursuskoordinator", "phone": "+45 70 10 00 00", "email": "line.falk@fjordbro.example"}
SECURITY_CONTACT = f"mailto:{CONTACT['email']}"
DATA_PROTECTION = {"controller": "Fjordbro (opdigtet)", "officer": "dpo@fjordbro.example"}
DEFAULT_FROM_EMAIL = "Fodfæste <fodfaeste@fjordbro.example>"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise looks there, though the finders serve the files
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # a wrong address is no news in a demo
