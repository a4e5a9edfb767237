"""The common vocabulary, looked after by the agency and the administrators."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from lms.programme.models import Principle, TargetGroup, Theme


class PrincipleViewSet(SnippetViewSet):
    model = Principle
    icon = "list-ol"
    list_display = ["number", "short_name", "name"]
    form_fields = ["number", "name", "short_name", "english_name", "explanation"]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "slug"]
    form_fields = ["name", "slug"]


class TargetGroupViewSet(SnippetViewSet):
    model = TargetGroup
    icon = "group"
    list_display = ["name", "slug"]
    form_fields = ["name", "slug"]


for viewset in (PrincipleViewSet, ThemeViewSet, TargetGroupViewSet):
    register_snippet(viewset)
