"""Lists of people as coordinators bring them, and where they are brought."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from lms.meetings.models import Enrolment

HEADINGS = ["Navn", "E-mail", "Kommune", "Titel", "Telefon"]
METTE = ["Mette Lindholm", "mette@viborg.example", "Viborg", "Jobformidler", ""]
RASMUS = ["Rasmus Ærø-Toft", "rasmus@viborg.example", "Viborg Kommune", "IPS-konsulent", "12345678"]
BAD = ["", "ikke en adresse", "Vibborg", "", ""]
CPR = "010190-1234"


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*rows, encoding="utf-8-sig"):
    return "\r\n".join(";".join(row) for row in rows).encode(encoding)


def send(client, data, name="hold.xlsx", **extra):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("meetings:import", args=["vest"]), {"file": file, **extra})


def uploaded(client, *rows):
    return send(client, xlsx(HEADINGS, *rows)).url


def typed(number, row, **extra):
    names = ("name", "email", "municipality", "title", "phone")
    return {f"row{number}-{name}": value for name, value in zip(names, row, strict=True)} | extra


def seats():
    return sorted(Enrolment.objects.values_list("person__email", flat=True))
