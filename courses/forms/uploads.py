"""Files and images editors upload: the writing guard for names, and bytes that are what the name says."""

from io import BytesIO
from typing import BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from lms.backends import virus_scanner
from lms.formats import images, uploads
from lms.people.forms import TICK, GuardedFormMixin, GuardNote

MESSAGES = {
    uploads.UploadEmpty: _("The file is empty."),
    uploads.UploadTooLarge: _("The file is too large."),
    uploads.KindNotAllowed: _("This kind of file is not taken here."),
    uploads.ContentDiffersFromName: _(
        "What is in the file is not what its name says. Save it again in its own program."
    ),
    uploads.NameRefused: _("The file's name holds signs one cannot see, or is too long. Give it another name."),
    uploads.HoldsProgram: _(
        "There is something in the file that runs by itself: a macro, a script or another file. Save it without."
    ),
    uploads.TooMuchInside: _("There is more in the file than we can unfold. Make the picture or the document smaller."),
}
INFECTED = _("The virus scanner found something in the file. It has not been stored.")
NOT_SCANNED = _("The file could not be checked for viruses just now. Try again in a while.")
ALL_RIGHT = _("May it stand there?")
YES = _("It is all right that it stands there")


class CheckedUploadMixin(GuardedFormMixin):
    allowed: list[str]
    max_bytes: int

    def clean(self):
        # Before anything is read out of it: limits, and that the bytes are what the name says.
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            self._check_bytes(file)
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
        try:
            uploads.check_upload(
                cast("BinaryIO", file), file_name=file.name or "", allowed=set(self.allowed), max_bytes=self.max_bytes
            )
            virus_scanner.scan(cast("BinaryIO", file))
            self._take(file)
        except uploads.UploadRefused as error:
            self.add_error("file", ValidationError(MESSAGES[type(error)], code=error.code))
        except virus_scanner.Infected:
            self.add_error("file", ValidationError(INFECTED, code="infected"))
        except virus_scanner.NotScanned:
            self.add_error("file", ValidationError(NOT_SCANNED, code="not_scanned"))

    def _take(self, file):
        """What is stored is the file itself, unless the form makes another of it."""


def _found(note: GuardNote) -> str:
    return ", ".join(f"»{excerpt.found}«" for excerpt in note.excerpts)


class GuardedDocumentForm(CheckedUploadMixin, BaseDocumentForm):
    allowed = settings.WAGTAILDOCS_EXTENSIONS
    max_bytes = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE


class WholeImageField(WagtailImageField):
    """Wagtail asks a picture for its size as if every picture had one: a broken one answered with a broken page."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except (OSError, ValueError, SyntaxError, DecompressionBombError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class GuardedImageForm(CheckedUploadMixin, BaseImageForm):
    allowed = settings.WAGTAILIMAGES_EXTENSIONS
    max_bytes = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # Wagtail makes the field itself, and leaves it out where only the title is changed
            self.fields["file"].__class__ = WholeImageField

    def _take(self, file):
        """The picture drawn anew: nothing but its pixels is stored."""
        data = images.redrawn(file.read(), kind=(file.name or "").rpartition(".")[2].lower())
        content_type = file.content_type
        self.cleaned_data["file"] = InMemoryUploadedFile(
            BytesIO(data), "file", file.name, content_type, len(data), None
        )
