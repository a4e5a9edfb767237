"""61 files at every door that takes one: what is stored, what is refused, and how what is stored comes back."""

import io
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.actions import sync_groups
from lms.meetings.forms.imports import UploadForm
from lms.people.forms.work_accounts import form_for
from lms.people.models import Role, WorkAccount
from tests.courses import hostile_files
from tests.courses.hostile_files import EICAR, UPLOADS
from tests.factories.courses import TeachingDayFactory, collection_of
from tests.factories.meetings import kursist_in
from tests.factories.people import WorkAccountFactory, person_with

pytestmark = pytest.mark.django_db

DOORS = ("document", "picture", "people", "metadata")
MOST_MEMORY = 300 * 1024 * 1024


@pytest.fixture
def day():
    return TeachingDayFactory()


@pytest.fixture
def editor(client, day, settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"
    editor = person_with(Role.EDITOR, day.cohort.course.provider)
    sync_groups(person=editor)
    client.force_login(editor)
    return editor


def files_kept():
    return sorted(path for path in Path(site_settings.MEDIA_ROOT).rglob("*") if path.is_file())


def upload(client, door, name, data):
    """S when the door took it."""
    file = io.BytesIO(data)
    file.name = name
    if door == "people":
        return "S" if UploadForm({}, {"file": SimpleUploadedFile(name, data)}).is_valid() else "-"
    if door == "metadata":
        return metadata_outcome(name, data)
    model = get_document_model() if door == "document" else get_image_model()
    before = model.objects.count()
    address = reverse("wagtaildocs:add" if door == "document" else "wagtailimages:add")
    response = client.post(address, {"title": "Fil", "file": file, "collection": collection_of_editor(client).pk})
    assert response.status_code in {200, 302}, (door, name, response.status_code)
    return "S" if model.objects.count() > before else "-"


def collection_of_editor(client):
    return collection_of(client.provider)


def metadata_outcome(name, data):
    form = form_for(
        WorkAccountFactory(shape=WorkAccount.Shape.SAML), {}, {"metadata_file": SimpleUploadedFile(name, data)}
    )
    form.is_valid()
    return "-" if {"metadata", "metadata_file"} & set(form.errors) else "S"


def test_there_are_61_of_them():
    assert len({(name, data) for name, data, _outcomes in UPLOADS}) == len(UPLOADS) == 61


@pytest.mark.parametrize("door", DOORS)
def test_each_file_is_stored_or_refused_as_written(client, editor, day, door, report):
    client.provider = day.cohort.course.provider
    place = DOORS.index(door)

    outcomes = {name: upload(client, door, name, data) for name, data, _expected in UPLOADS}

    counts = Counter(outcomes.values())
    report(f"{len(UPLOADS)} uploads as {door}: {counts['S']} taken, {counts['-']} refused, each as the table says")
    assert outcomes == {name: expected[place] for name, _data, expected in UPLOADS}
    rows = get_document_model().objects.count() + get_image_model().objects.count()
    assert len(files_kept()) == rows == (counts["S"] if door in {"document", "picture"} else 0)


def test_stored_picture_holds_nothing_but_its_pixels_and_stands_upright(client, editor, day):
    client.provider = day.cohort.course.provider
    for name, data, outcomes in UPLOADS:
        if outcomes[1] == "S":
            upload(client, "picture", name, data)

    stored = [path.read_bytes() for path in files_kept()]

    assert len(stored) == 8
    for data in stored:
        assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
        assert not any(word in data for word in (b"Exif", b"Fotograf", b"<script", b"<?php", b"PK\x03\x04"))
    assert Image.open(
        default_storage.open(get_image_model().objects.get(file__contains="med-sted").file.name)
    ).size == (30, 40)


def test_every_stored_file_comes_back_as_an_attachment_that_runs_nothing(client, editor, day, report):
    provider = client.provider = day.cohort.course.provider
    for name, data, outcomes in UPLOADS:
        for place, door in enumerate(DOORS[:2]):
            if outcomes[place] == "S":
                upload(client, door, name, data)
    pictures = [image.get_rendition("width-10") for image in get_image_model().objects.all()]
    addresses = [document.url for document in get_document_model().objects.all()] + [one.url for one in pictures]
    askers = {
        "editor": editor,
        "coordinator": person_with(Role.PROVIDER_COORDINATOR, provider),
        "agency": person_with(Role.PROGRAMME_MANAGER),
    }

    answers = []
    for person in askers.values():
        client.force_login(person)
        answers += [client.get(address) for address in addresses]

    assert {answer.status_code for answer in answers} == {200}
    assert {headers_of(answer) for answer in answers} == {("attachment", "default-src 'none'", "nosniff")}
    report(f"{len(answers)} answers for {len(addresses)} stored files: attachment, no script, no sniffing on each")


def headers_of(answer):
    kind = answer["Content-Disposition"].partition(";")[0]
    return (kind, answer["Content-Security-Policy"], answer["X-Content-Type-Options"])


def test_nobody_else_gets_a_stored_file_and_its_place_on_disk_is_nobodys(client, editor, day):
    client.provider = day.cohort.course.provider
    upload(client, "document", *UPLOADS[0][:2])
    upload(client, "picture", *UPLOADS[8][:2])
    document, image = get_document_model().objects.get(), get_image_model().objects.get()
    addresses = [document.url, image.get_rendition("width-10").url]
    on_disk = [f"/media/{path.relative_to(site_settings.MEDIA_ROOT)}" for path in files_kept()]

    for person in (kursist_in(day.cohort), person_with(Role.LOCAL_MANAGER), person_with(Role.EDITOR)):
        client.force_login(person)
        assert {client.get(address).status_code for address in addresses} == {404}
    client.force_login(editor)
    assert {client.get(address).status_code for address in on_disk} == {404}
    assert len(on_disk) == 2


def test_without_the_check_a_page_under_an_honest_name_would_lie_there(client, editor, day, monkeypatch):
    """The control: the same door with a check of names alone."""
    client.provider = day.cohort.course.provider
    monkeypatch.setattr("courses.forms.uploads.uploads.check_upload", lambda *_args, **_kwargs: "txt")

    assert upload(client, "document", "side.txt", b"<!DOCTYPE html>" + hostile_files.SCRIPT) == "S"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Only Linux says how much a process held.")
@pytest.mark.parametrize(
    "name",
    ["bombe.docx", "bombe.png", "bred.png", "latter.docx", "stor.jpg", "stor.png", "side2.txt", "script-i-kode.pdf"],
)
def test_no_file_takes_more_than_300_mb(name, report):
    """In a process of its own: the program itself and the file, at its highest. (What getrusage says of a child is the
    parent's figure when that was higher.)"""
    program = (
        "import re, sys\n"
        "from lms.formats import images, uploads\n"
        "name, data = sys.argv[1], sys.stdin.buffer.read()\n"
        "kind = name.rpartition('.')[2]\n"
        "try:\n"
        "    uploads.check_upload(data, file_name=name, allowed={kind}, max_bytes=20 * 2**20)\n"
        "    outcome = len(images.redrawn(data, kind=kind)) if kind in images.FORMATS else 0\n"
        "except uploads.UploadRefused as error:\n"
        "    outcome = error.code\n"
        "print(outcome, re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
    )
    large = {"stor.jpg": ("JPEG", "RGB"), "stor.png": ("PNG", "RGBA")}
    known = {known_name: data for known_name, data, _outcomes in UPLOADS}
    data = known[name] if name in known else largest_picture(*large[name])

    done = subprocess.run([sys.executable, "-c", program, name], input=data, capture_output=True, check=True)

    outcome, kilobytes = done.stdout.split()
    report(f"{name}: {len(data) / 1e6:.1f} MB sent, {int(kilobytes) / 1024:.0f} MB at most, {outcome.decode()}")
    assert int(kilobytes) * 1024 < MOST_MEMORY


def largest_picture(kind, mode):
    """As many pixels as are taken, lying on their side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return hostile_files.picture(kind, size=(5000, 5000), mode=mode, exif=exif)


@pytest.mark.parametrize("limit", [0, 1000])
def test_full_disk_leaves_no_row_and_no_half_file(client, editor, day, limit):
    """No file of this process may grow beyond ``limit`` bytes, which is what a full disk looks like from here."""
    client.provider = day.cohort.course.provider
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    row = {"title": "Fil", "collection": collection_of_editor(client).pk}
    file = SimpleUploadedFile("ugekort.pdf", hostile_files.PDF)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("courses.storage.FileSystemStorage._save", _saving_until(limit))
        response = client.post(reverse("wagtaildocs:add"), {**row, "file": file})

    assert response.status_code == 507
    assert "Der er ikke plads til flere filer" in response.text
    assert (get_document_model().objects.count(), files_kept()) == (0, [])
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == before


def _saving_until(limit):
    """Writes ``limit`` bytes and then finds no room, as the kernel does."""

    def save(storage, name, content):
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read()[:limit])
        raise OSError(28, "No space left on device", str(path))

    return save


def test_kernel_that_stops_a_file_leaves_nothing_either(tmp_path):
    """The real thing, in a process whose files may not grow beyond a kilobyte."""
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "import django; from django.conf import settings; settings.configure(MEDIA_ROOT=sys.argv[1]); django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from courses.storage import WholeFilesStorage\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))\n"
        "try:\n"
        "    WholeFilesStorage().save('fil.pdf', ContentFile(b'x' * 200000))\n"
        "except OSError as error:\n"
        "    print(error.errno, [path.name for path in Path(sys.argv[1]).rglob('*')])\n"
    )

    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "27 []"


def test_file_that_was_there_before_outlives_a_full_disk(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("fil.txt", ContentFile(b"gammel"))
    monkeypatch.setattr("courses.storage.FileSystemStorage._save", _full)

    with pytest.raises(OSError, match="No space"):
        default_storage._save("fil.txt", ContentFile(b"ny"))

    assert (tmp_path / "fil.txt").read_bytes() == b"gammel"


def _full(_storage, _name, _content):
    raise OSError(28, "No space left on device")


def test_virus_a_scanner_knows_is_refused_and_so_is_everything_when_it_is_silent(client, editor, day, monkeypatch):
    client.provider = day.cohort.course.provider
    asked = []
    monkeypatch.setattr(
        "courses.forms.uploads.virus_scanner.scan", lambda file: asked.append(file.read()) or _know(asked)
    )

    assert upload(client, "document", "eicar.txt", EICAR) == "-"
    assert upload(client, "document", "noter.txt", b"Hej") == "S"
    assert upload(client, "document", "tavs.txt", b"tavs") == "-"
    assert asked == [EICAR, b"Hej", b"tavs"]


def _know(asked):
    from lms.backends import virus_scanner  # noqa: PLC0415 - beside the one place that needs it

    if asked[-1] == EICAR:
        raise virus_scanner.Infected
    if asked[-1] == b"tavs":
        raise virus_scanner.NotScanned
