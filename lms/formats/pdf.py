"""PDF files every screen reader can follow (PDF/UA-1), set by typst."""

import json

import typst

from .text import clean_line, clean_text

# What people wrote comes in as data and is only ever shown as text: no sign in it is markup.
PREAMBLE = """\
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set page(paper: "a4", margin: (x: 2.5cm, y: 2.8cm), numbering: "1")
#set text(font: "Libertinus Serif", size: 11.5pt, lang: data.language)
#set par(leading: 0.75em, spacing: 1.3em)
"""
SIMPLE = """\
#heading(level: 1, data.title)
#v(0.6em)
#for paragraph in data.paragraphs { par(paragraph) }
"""


def from_typst(source: str, *, inputs: dict) -> bytes:
    """Set ``source``; it finds ``inputs`` as the dictionary ``data``, which must hold a title and a language."""
    return typst.compile(
        f"{PREAMBLE}{source}".encode(),
        format="pdf",
        sys_inputs={"data": json.dumps(inputs)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )


def simple_document(title: str, paragraphs: list[str], language: str = "da") -> bytes:
    """A heading and paragraphs."""
    inputs = {
        "title": clean_line(title),
        "paragraphs": [clean_text(paragraph) for paragraph in paragraphs],
        "language": language,
    }
    return from_typst(SIMPLE, inputs=inputs)
