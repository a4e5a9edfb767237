import io

import pytest
from pypdf import PdfReader

from lms.formats.pdf import from_typst, simple_document


def words(data):
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_a_simple_document_can_be_read_back():
    data = simple_document("Før dagen: læs æøå", ["Tag en case med.", "Vi ses kl. 9.00."])

    assert words(data).startswith("Før dagen: læs æøå Tag en case med. Vi ses kl. 9.00.")


def test_a_document_says_that_screen_readers_can_follow_it():
    catalogue = PdfReader(io.BytesIO(simple_document("Titel", ["Tekst"]))).trailer["/Root"]

    assert catalogue["/Lang"] == "da"
    assert catalogue["/MarkInfo"]["/Marked"] is True or catalogue["/MarkInfo"]["/Marked"].value is True
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_a_document_in_english_says_so():
    catalogue = PdfReader(io.BytesIO(simple_document("Title", ["Text"], language="en"))).trailer["/Root"]

    assert catalogue["/Lang"] == "en"


@pytest.mark.parametrize(
    "text", ["#panic()", "*fed* _kursiv_", "$x^2$", '"\\', "@ref <label>", '[#read("/etc/hosts")]', "// væk", "= ej"]
)
def test_signs_that_typst_knows_are_only_text(text):
    data = simple_document(text, [text])

    assert words(data).replace(" ", "").count(text.replace(" ", "")) == 2


def test_control_characters_are_left_out():
    assert words(simple_document("En\x00\ntitel", ["To\x07 ord"])).startswith("En titel To ord")


def test_a_long_document_runs_over_several_pages():
    data = simple_document("Lang", ["Mange ord her. " * 60] * 12)

    assert len(PdfReader(io.BytesIO(data)).pages) >= 3


def test_a_source_of_ones_own_finds_its_inputs():
    data = from_typst("#data.name", inputs={"title": "Bevis", "language": "da", "name": "Åse Øst"})

    assert words(data) == "Åse Øst 1"
