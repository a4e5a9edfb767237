"""The pages of text in the back office: changed there by administrators, never made or deleted."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from lms.home.forms import WordingForm
from lms.home.models import PublicPage


class PublicPageViewSet(SnippetViewSet):
    model = PublicPage
    icon = "doc-full"
    list_display = ["__str__", "title", "reviewed_date"]
    copy_view_enabled = False

    def get_form_class(self, for_update=False):  # noqa: ARG002 - Wagtail's own signature
        return WordingForm


register_snippet(PublicPageViewSet)
