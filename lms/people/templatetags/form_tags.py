"""Django's form fields in the classes of Det Fælles Designsystem."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html

register = template.Library()

# Django's CheckboxSelectMultiple is a RadioSelect.
CHOICES = forms.RadioSelect


@register.filter
def styled(field: BoundField) -> str:
    """The field's own control in the class of its kind; no placeholder, because the label says it already."""
    widget = field.field.widget
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css_class(widget)} {own}".strip(), "placeholder": False})


@register.filter
def options(field: BoundField) -> list[dict]:
    """The single radio buttons or checkboxes of a field."""
    css = css_class(field.field.widget)
    return [_option(option, css, field) for option in field.subwidgets]


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_choices(field: BoundField) -> bool:
    return isinstance(field.field.widget, CHOICES)


@register.filter
def is_radio(field: BoundField) -> bool:
    return css_class(field.field.widget) == "form-radio"


@register.filter
def target(field: BoundField) -> str:
    """The id an error summary links to: a group of choices is reached at its first one."""
    return f"{field.auto_id}_0" if is_choices(field) else field.id_for_label


@register.filter
def guard_note(field: BoundField):
    """What the writing guard has to say about the field, or nothing."""
    return getattr(field.form, "guard_notes", {}).get(field.name)


@register.filter
def is_rewritten(field: BoundField) -> bool:
    """Whether the guard's button has just put other words into the field."""
    return field.name == getattr(field.form, "rewritten_field", None)


@register.filter
def error_count(form: forms.BaseForm) -> int:
    return len(form.errors)


def css_class(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple)):
        return "form-checkbox"
    if isinstance(widget, forms.RadioSelect):
        return "form-radio"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-input"


def _option(option, css: str, field: BoundField) -> dict:
    option.data["attrs"]["class"] = css
    if field.errors:
        option.data["attrs"]["aria-invalid"] = "true"
    return {"tag": option.tag(), "id": option.id_for_label, "label": format_html("{}", option.choice_label)}
