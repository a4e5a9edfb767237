import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE",
    "lms.settings.demo" if os.environ.get("DEMO") == "1" else "lms.settings.production",
)
os.environ.setdefault("STATEMENT_TIMEOUT", "5000")  # milliseconds; settings.base reads it

application = get_wsgi_application()
