"""What a page template needs when there is no view behind it: Wagtail's preview renders the page alone."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import ngettext

from courses import queries

register = template.Library()


@register.simple_tag
def content_of(page):
    return queries.content_of(page)


@register.simple_tag
def days_of(page):
    return queries.days_of_course(page)


@register.simple_tag
def loop_outline():
    return queries.loop_outline()


@register.simple_tag
def line_at(step: int):
    return queries.line_at(step)


@register.filter
def facts(material: dict) -> str:
    """Type, size and minutes of a material in one line."""
    parts = [part for part in (material["kind"].capitalize(), material["format"]) if part]
    if material["size"]:
        parts.append(filesizeformat(material["size"]))
    if material["minutes"]:
        parts.append(
            ngettext("%(count)d minute", "%(count)d minutes", material["minutes"]) % {"count": material["minutes"]}
        )
    return ", ".join(parts)
