from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from lms.backends import limits


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "people"
    verbose_name = _("People")

    def ready(self):
        autodiscover_modules("receivers")
        autodiscover_modules("privacy")
        limits.count_in_database()
