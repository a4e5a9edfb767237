import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.formats import uploads
from lms.formats.pdf import simple_document
from lms.formats.uploads import check_upload

PDF = simple_document("x", ["y"])
EVERYTHING = {
    "pdf",
    "docx",
    "xlsx",
    "pptx",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "mp3",
    "mp4",
    "m4a",
    "txt",
    "md",
    "csv",
    "svg",
    "html",
}


def office(folder, *more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", f"{folder}/document.xml", *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


GENUINE = [
    ("b.pdf", simple_document("x", ["y"]) + b"\n"),
    ("A.PDF", simple_document("x", ["y"])),
    ("a.docx", office("word")),
    ("a.xlsx", office("xl")),
    ("a.pptx", office("ppt")),
    ("a.png", b"\x89PNG\r\n\x1a\n\0\0"),
    ("a.jpg", b"\xff\xd8\xff\xe0"),
    ("a.jpeg", b"\xff\xd8\xff\xe1"),
    ("a.gif", b"GIF89a"),
    ("a.mp3", b"ID3\x04"),
    ("b.mp3", b"\xff\xfb\x90"),
    ("a.mp4", b"\0\0\0\x20ftypisom"),
    ("a.m4a", b"\0\0\0\x20ftypM4A "),
    ("a.txt", "Blåbær".encode()),
    ("b.txt", "Blåbær".encode("cp1252")),
    ("c.txt", "Blåbær".encode("utf-16")),
    ("a.md", b"# Hej"),
]
DISGUISED = [
    ("a.pdf", b"<html><script>alert(1)</script>"),
    ("a.pdf", b"\n\n%PDF-1.7"),
    ("a.pdf", b"MZ\x90\0"),
    ("a.docx", b"%PDF-1.7"),
    ("a.docx", office("xl")),
    ("a.xlsx", office("word")),
    ("a.docx", b"PK\x03\x04"),
    ("a.png", b"<svg onload=alert(1)>"),
    ("a.png", b"\xff\xd8\xff\xe0"),
    ("a.jpg", b"GIF89a"),
    ("a.mp4", b"ftypisom"),
    ("a.mp3", b"RIFF"),
    ("a.txt", b"<!DOCTYPE html>"),
    ("a.txt", b" \n<ScRiPt>alert(1)</script>"),
    ("a.txt", "<svg onload=alert(1)>".encode("utf-16")),
    ("a.txt", b"MZ\0\0"),
    ("a.csv", b"PK\x03\x04\0\0"),
]


@pytest.mark.parametrize("file_name, data", GENUINE)
def test_a_file_that_is_what_it_says_is_taken(file_name, data):
    assert check_upload(data, file_name=file_name, allowed=EVERYTHING, max_bytes=10**6) == file_name[2:].lower()


@pytest.mark.parametrize("file_name, data", DISGUISED)
def test_a_file_in_disguise_is_refused(file_name, data):
    with pytest.raises(uploads.ContentDiffersFromName):
        check_upload(data, file_name=file_name, allowed=EVERYTHING, max_bytes=10**6)


@pytest.mark.parametrize(
    "file_name", ["a.svg", "a.html", "a.pdf.html", "a.exe", "pdf", ".pdf", "a.pdf ", "a.pdf.", "a.exe.pdf", ""]
)
def test_other_kinds_are_refused_by_name(file_name):
    with pytest.raises(uploads.KindNotAllowed):
        check_upload(b"%PDF-", file_name=file_name, allowed=EVERYTHING, max_bytes=10**6)


def test_only_the_kinds_asked_for_are_taken():
    with pytest.raises(uploads.KindNotAllowed):
        check_upload(b"GIF89a", file_name="a.gif", allowed={"png"}, max_bytes=10)


def test_an_empty_file_is_refused():
    with pytest.raises(uploads.UploadEmpty):
        check_upload(b"", file_name="a.pdf", allowed=EVERYTHING, max_bytes=10)


@pytest.mark.parametrize(
    "file_name",
    ["a\0.pdf", "a\n.pdf", "a\u202efdp.pdf", "a\u200b.pdf", "../a.pdf", "a\\b.pdf", f"{'a' * 252}.pdf", "a\u2028.pdf"],
)
def test_a_name_that_is_not_what_one_sees_is_refused(file_name):
    with pytest.raises(uploads.NameRefused):
        check_upload(PDF, file_name=file_name, allowed=EVERYTHING, max_bytes=10**6)


def test_the_longest_name_is_taken():
    name = f"{'å' * 251}.pdf"

    assert check_upload(PDF, file_name=name, allowed=EVERYTHING, max_bytes=10**6) == "pdf"


def test_the_last_byte_allowed_is_taken_and_the_next_is_not():
    limits = {"file_name": "a.txt", "allowed": EVERYTHING, "max_bytes": 8}

    assert check_upload(b"12345678", **limits) == "txt"
    with pytest.raises(uploads.UploadTooLarge):
        check_upload(b"123456789", **limits)


def test_an_uploaded_file_is_left_at_its_beginning_whatever_comes_of_it():
    file, other = SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("a.pdf", b"no such thing")
    file.read(3)

    assert check_upload(file, file_name=file.name, allowed=EVERYTHING, max_bytes=10**6) == "pdf"
    with pytest.raises(uploads.ContentDiffersFromName):
        check_upload(other, file_name=other.name, allowed=EVERYTHING, max_bytes=10**6)

    assert (file.read(), other.read()) == (PDF, b"no such thing")


def test_every_refusal_has_its_own_code():
    refusals = uploads.UploadRefused.__subclasses__()

    assert len({refusal.code for refusal in refusals}) == len(refusals) == 7
