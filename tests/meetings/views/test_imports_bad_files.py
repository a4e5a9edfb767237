import io
import zipfile

import pytest
from django.urls import reverse

from lms.meetings.models import ImportDraft
from tests.meetings.lists import HEADINGS, METTE, RASMUS, csv, send, xlsx
from tests.meetings.views.importing import cohort, coordinator, viborg

__all__ = ["cohort", "coordinator", "viborg"]
pytestmark = pytest.mark.django_db


def encrypted():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"x")
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return out.getvalue()


BAD_FILES = {
    "empty": b"",
    "blank": b"\r\n ;;;\r\n",
    "broken": xlsx(HEADINGS, METTE)[:700],
    "not a workbook": b"PK\x03\x04 and nothing more",
    "encrypted": encrypted(),
    "bomb": bomb(),
    "huge": b"x;" * 6_000_000,
    "a picture called xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "a pdf called xlsx": b"%PDF-1.7\n%\xe2\xe3",
    "a web page": b"<html><table><tr><td>Navn</td></tr></table></html>",
    "bytes": bytes(range(256)) * 20,
    "no headings": csv(METTE, RASMUS),
    "headings alone": csv(HEADINGS),
    "too many rows": csv(HEADINGS, *([METTE] * 5_001)),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_file_gets_words_and_stores_nothing(client, cohort, coordinator, kind):
    response = send(client, BAD_FILES[kind])

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["file"])
    assert ImportDraft.objects.count() == 0


def test_no_file_gets_words(client, cohort, coordinator):
    response = client.post(reverse("meetings:import", args=["vest"]), {})

    assert list(response.context["form"].errors) == ["file"]


def test_excel_sheet_called_csv_is_read_all_the_same(client, cohort, coordinator):
    assert client.get(send(client, xlsx(HEADINGS, METTE), "hold.csv").url).context["good_count"] == 1
