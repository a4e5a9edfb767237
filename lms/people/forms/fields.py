"""Fields that take what keyboards and clipboards bring, and leave out what nobody can see."""

from django import forms

from lms.formats.text import clean_line, clean_text


class LineField(forms.CharField):
    """One line: line breaks and control characters from a paste never reach a title, and alone they are nothing."""

    def to_python(self, value):
        return clean_line(super().to_python(value) or "")


class LongField(forms.CharField):
    """Several lines, without control characters."""

    widget = forms.Textarea

    def to_python(self, value):
        return clean_text(super().to_python(value) or "").strip()


class AddressField(forms.URLField):
    """An address on the web: without a scheme it is https."""

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)
