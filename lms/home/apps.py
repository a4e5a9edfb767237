from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "lms.home"
    label = "home"
    verbose_name = _("Overview")

    def ready(self):
        from lms.home import checks, receivers  # noqa: F401, PLC0415 - models must be there first
