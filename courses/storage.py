"""Where uploaded files and scaled images lie, and the guarded address images are shown from."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils.deconstruct import deconstructible


@deconstructible
class WholeFilesStorage(FileSystemStorage):
    """A file that could not be written to its end is not there at all: a full disk leaves no halves."""

    def _save(self, name, content):
        before = Path(self.path(name)).exists()
        try:
            return super()._save(name, content)  # type: ignore[misc]  # the stubs leave it out
        except OSError:
            if not before:
                Path(self.path(name)).unlink(missing_ok=True)
            raise


@deconstructible
class RenditionStorage(WholeFilesStorage):
    """Scaled images outside what a web server may hand out: a private collection protects originals only."""

    def __init__(self, **options):
        super().__init__(location=settings.PRIVATE_ROOT / "renditions", **options)

    def url(self, name):
        return reverse("courses:image", args=[name])
