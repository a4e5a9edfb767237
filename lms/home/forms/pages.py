from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lms.home.models import PublicPage
from lms.people.forms import GuardedFormMixin


class WordingForm(GuardedFormMixin, WagtailAdminModelForm):
    """What an administrator words. Nothing is asked about: a page of contacts is meant to hold phone numbers."""

    unasked = frozenset({"title", "lead", "body", "title_en", "lead_en", "body_en"})
    read_again = forms.BooleanField(
        label=_("Show it to everybody again"),
        help_text=_("For the page of the first sign-in: people read it again the next time they sign in."),
        required=False,
    )

    class Meta:
        model = PublicPage
        fields = ("title", "lead", "body", "title_en", "lead_en", "body_en", "reviewed_date")

    def save(self, *args, **kwargs):
        self.instance.edition += self.cleaned_data["read_again"]
        return super().save(*args, **kwargs)
