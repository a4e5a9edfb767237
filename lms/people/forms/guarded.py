from collections.abc import Iterator
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.methods import guard

CPR_MESSAGE = _("This looks like a CPR number. The text has not been saved. Remove the number, and it will go through.")


# A mixin stands before a form, which only the type checker needs to be told.
if TYPE_CHECKING:
    FormLike = forms.BaseForm
else:
    FormLike = object


def guard_text(text: str) -> None:
    """Refuse a text that holds a CPR number.

    :raises ValidationError: with words for the person who typed it.
    """
    if guard.scan(text, today=timezone.localdate()).level == "block":
        raise ValidationError(CPR_MESSAGE, code="cpr")


def texts_in(value) -> Iterator[str]:
    """Every text inside a cleaned value: strings, file names, and what lists and dicts of them hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, UploadedFile):
        yield value.name or ""
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts_in(part)


class GuardedFormMixin(FormLike):
    """A form whose every text passes the writing guard before anything is stored. Put it first among the bases."""

    # Passwords are no text for others, and a code from an app is six digits.
    unguarded = frozenset({"password", "password1", "password2", "code"})

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if name not in self.unguarded:
                self._guard(name, value)
        return cleaned

    def _guard(self, name, value):
        for text in texts_in(value):
            try:
                guard_text(text)
            except ValidationError as error:
                self.add_error(name, error)
                return
