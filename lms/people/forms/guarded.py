from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from lms.formats import text as files
from lms.people.forms import notes
from lms.people.forms.notes import CPR_MESSAGE, GuardNote, Reading
from lms.people.methods import guard
from lms.people.queries import names_on_the_site

# A mixin stands before a form, which only the type checker needs to be told.
if TYPE_CHECKING:
    FormLike = forms.BaseForm
else:
    FormLike = object

# These ask for one thing of one shape: nobody writes about a citizen in them.
NARROW_FIELDS = (forms.EmailField, forms.URLField, forms.RegexField, forms.UUIDField)


def guard_text(text: str) -> None:
    """Refuse a text that holds a CPR number.

    :raises ValidationError: with words for the person who typed it.
    """
    if Reading(timezone.localdate()).verdict(text).level == "block":
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
    """A form whose every text passes the writing guard before anything is stored. Put it first among the bases.

    A CPR number is refused. What else could tell who somebody is stops the form once, with what was found, a button
    that rewrites it, and a tick that says it may stand there; the tick holds for exactly that text. What is stored
    already and has not been changed is not asked about again.
    """

    # Passwords are no text for others, and a code from an app is six digits.
    unguarded = frozenset({"password", "password1", "password2", "code"})
    # Fields that ask for a phone number, an address or the like: CPR numbers are refused there, nothing is asked about.
    unasked: frozenset[str] = frozenset()
    # Files the form reads itself, cell by cell: here their name counts.
    unread: frozenset[str] = frozenset()
    # Written about a citizen: names and e-mail addresses are asked about too.
    is_confidential = False

    @classmethod
    def asks_about(cls, name: str, field: forms.Field) -> bool:
        """Free text and files; not what the page itself put into a hidden field."""
        is_free = isinstance(field, (forms.CharField, forms.FileField)) and not isinstance(field, NARROW_FIELDS)
        return is_free and name not in cls.unasked | cls.unguarded and not field.widget.is_hidden

    def full_clean(self):
        self.guard_notes: dict[str, GuardNote] = {}
        self.rewritten_field = self._rewrite()
        super().full_clean()

    def is_valid(self):
        # The button that rewrites is no other button: what to do with the text is asked again.
        return super().is_valid() and not self.rewritten_field

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if name not in self.unguarded:
                self._guard(name, value)
        return cleaned

    @cached_property
    def _reading(self):
        names = names_on_the_site() if self.is_confidential else frozenset()
        return Reading(timezone.localdate(), self.is_confidential, names)

    def _rewrite(self):
        """Put the rewritten text into the field whose button was pressed, as if it had been typed."""
        wanted = self.data.get(notes.REWRITE) if self.is_bound else None
        name = next((name for name in self.fields if self.add_prefix(name) == wanted), "")
        if isinstance(self.fields.get(name), forms.CharField):
            data = self.data.copy()
            data[wanted] = self._reading.rewritten(data.get(wanted, ""))
            self.data = data
            return name
        return ""

    def _guard(self, name, value):
        found = self._judged(texts_in(value))
        if isinstance(value, UploadedFile) and guard.CPR not in _kinds(found):
            try:
                found += self._judged(self._content(name, value))
            except files.TextUnavailable as error:
                self.add_error(name, ValidationError(notes.UNREADABLE[type(error)], code=error.code))
                return
        kinds = _kinds(found)
        if guard.CPR in kinds:
            self._refuse(name, value, found)
        elif kinds and self.asks_about(name, self.fields[name]) and name in self.changed_data:
            self._ask(name, value, found)

    def _judged(self, texts):
        return [(text, self._reading.verdict(text)) for text in texts]

    def _content(self, name, file):
        """The words in the file, when they are not read elsewhere and there can be any."""
        if name in self.unread or not files.can_be_read(file.name or ""):
            return
        if file.size > files.MAX_BYTES:
            raise files.TextTooLong
        file.seek(0)
        yield files.extract(file.read(), file_name=file.name)
        file.seek(0)

    def _refuse(self, name, value, found):
        is_inside = len(found) > 1 and isinstance(value, UploadedFile)
        message = notes.CPR_IN_FILE if is_inside else CPR_MESSAGE
        self.guard_notes[name] = self._note(name, value, found)
        self.add_error(name, ValidationError(message, code="cpr"))

    def _ask(self, name, value, found):
        tick = notes.tick_for(self.add_prefix(name), "\0".join(text for text, _verdict in found))
        is_ticked = tick in self._ticks()
        note = self.guard_notes[name] = self._note(name, value, found, tick=tick, is_ticked=is_ticked)
        if not is_ticked:
            question = notes.question(note.kinds, is_file=isinstance(value, UploadedFile))
            self.add_error(name, ValidationError(question, code="ask"))

    def _note(self, name, value, found, **about):
        excerpts = [excerpt for text, verdict in found for excerpt in notes.excerpts_of(text, verdict)]
        in_order = [kind for kind in guard.KINDS if kind in _kinds(found)]
        can_rewrite = isinstance(value, str) and isinstance(self.fields[name], forms.CharField)
        return GuardNote(excerpts[: notes.MOST_EXCERPTS], in_order, can_rewrite=can_rewrite, **about)

    def _ticks(self):
        many = getattr(self.data, "getlist", None)
        return many(self.tick_name) if many else [self.data.get(self.tick_name)]

    @property
    def tick_name(self) -> str:
        return self.add_prefix(notes.TICK)


def _kinds(found):
    return {kind for _text, verdict in found for kind in verdict.kinds}
