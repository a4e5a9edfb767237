"""Fields that take what keyboards and clipboards bring, and leave out what nobody can see."""

import re
import uuid

from django import forms
from django.core.exceptions import ValidationError

from lms.people.forms import fields

LONGEST_TEXT = 20_000
ROW_ID = re.compile(r"[0-9]{1,18}")


class LineField(fields.LineField):
    widget = forms.TextInput(attrs={"class": "input-width-xl"})


class TextField(fields.LongField):
    def __init__(self, *, rows=6, **options):
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(**{"widget": widget, "max_length": LONGEST_TEXT, **options})


class ChoicesField(forms.ModelMultipleChoiceField):
    """Rows as checkboxes. A number too long for the database is a wrong choice like others, not a crash."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        for one in value or ():
            if not ROW_ID.fullmatch(str(one)):
                raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": one})
        return super().clean(value)


class FormKeyField(forms.UUIDField):
    """Made with the empty form and sent back with it, so that a form sent twice is known as one."""

    def __init__(self):
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            return None  # nobody types it, so there is nobody to explain it to
