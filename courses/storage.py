"""Where scaled images lie, and the guarded address they are shown from."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils.deconstruct import deconstructible


@deconstructible
class RenditionStorage(FileSystemStorage):
    """Scaled images outside what a web server may hand out: a private collection protects originals only."""

    def __init__(self, **options):
        super().__init__(location=settings.PRIVATE_ROOT / "renditions", **options)

    def url(self, name):
        return reverse("courses:image", args=[name])
