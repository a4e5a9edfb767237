"""Files and images editors upload: the writing guard for names, and bytes that are what the name says."""

from typing import BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from lms.formats import uploads
from lms.people.forms import TICK, GuardedFormMixin, GuardNote

MESSAGES = {
    uploads.UploadEmpty: _("The file is empty."),
    uploads.UploadTooLarge: _("The file is too large."),
    uploads.KindNotAllowed: _("This kind of file is not taken here."),
    uploads.ContentDiffersFromName: _(
        "What is in the file is not what its name says. Save it again in its own program."
    ),
}
ALL_RIGHT = _("May it stand there?")
YES = _("It is all right that it stands there")


class CheckedUploadMixin(GuardedFormMixin):
    allowed: list[str]
    max_bytes: int

    def clean(self):
        # Before anything is read out of it: limits, and that the bytes are what the name says.
        self._check_bytes(self.cleaned_data.get("file"))
        cleaned = super().clean()
        self._offer_ticks()
        # Wagtail's form for many files keeps a file whose title alone was refused: here the file is refused with it.
        if self.errors and "file" in self.fields and "file" not in self.errors:
            self.add_error("file", next(iter(self.errors.as_data().values())))
        return cleaned

    def _post_clean(self):
        # A refused file is refused once: without it the model only wonders where it is.
        if "file" not in self.errors:
            super()._post_clean()  # type: ignore[misc] # a mixin before a model form

    def _offer_ticks(self):
        """The admin draws our forms itself: there a tick is a field of its own, and names what it is about."""
        ticks = [(note.tick, f"{YES}: {_found(note)}") for note in self.guard_notes.values() if note.tick]
        if ticks:
            self.fields[TICK] = forms.MultipleChoiceField(
                label=ALL_RIGHT, choices=ticks, required=False, widget=forms.CheckboxSelectMultiple
            )

    def _check_bytes(self, file):
        if not isinstance(file, UploadedFile):
            return
        try:
            uploads.check_upload(
                cast("BinaryIO", file), file_name=file.name or "", allowed=set(self.allowed), max_bytes=self.max_bytes
            )
        except uploads.UploadRefused as error:
            self.add_error("file", ValidationError(MESSAGES[type(error)], code=error.code))


def _found(note: GuardNote) -> str:
    return ", ".join(f"»{excerpt.found}«" for excerpt in note.excerpts)


class GuardedDocumentForm(CheckedUploadMixin, BaseDocumentForm):
    allowed = settings.WAGTAILDOCS_EXTENSIONS
    max_bytes = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE


class GuardedImageForm(CheckedUploadMixin, BaseImageForm):
    allowed = settings.WAGTAILIMAGES_EXTENSIONS
    max_bytes = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
