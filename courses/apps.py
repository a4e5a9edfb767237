from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = _("Courses")

    def ready(self):
        # Wagtail wants a page's form on its model, but models may not know forms: the two meet here.
        from courses import forms, models  # noqa: PLC0415

        for page in (models.CoursePage, models.TeachingDayPage, models.LibraryPage):
            page.base_form_class = forms.GuardedPageForm
