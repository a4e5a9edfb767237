"""What stands beside a name. Tags rather than includes, because lists show them once per row."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext

from lms.people.methods.devices import browser_and_system

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> str:
    """One icon of the sprite; never the only bearer of a meaning, so always hidden from screen readers."""
    return format_html(
        '<svg class="icon-svg{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        f" {css}" if css else "",
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def municipality(name: str, code: str = "") -> str:
    """A municipality's outline and name; an organisation without a code has no outline."""
    if not name:
        return ""
    if not code:
        return format_html('<span class="municipality municipality--other">{}</span>', name)
    return format_html(
        '<span class="municipality"><svg class="municipality__shape" aria-hidden="true" focusable="false">'
        '<use href="{}#m-{}"></use></svg>{}</span>',
        static("img/municipalities.svg"),
        code,
        name,
    )


@register.simple_tag
def person(name: str, organisation: str = "", code: str = "", title: str = "") -> str:
    """A person is never without their municipality."""
    return format_html(
        '<span class="person"><span class="person__name">{}</span>{}{}</span>',
        name,
        format_html('<span class="person__title">{}</span>', title) if title else "",
        municipality(organisation, code),
    )


@register.filter
def device(user_agent: str) -> str:
    """Browser and machine, as a person would name them."""
    browser, system = browser_and_system(user_agent)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A device we do not recognise")


@register.filter
def sentence(names: list[str]) -> str:
    """Names as a person lists them: commas, and a word before the last."""
    *first, last = [str(name) for name in names] or [""]
    if not first:
        return last
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
