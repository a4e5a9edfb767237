#!/usr/bin/env python
"""The translations, without gettext's own programs: ``compile`` the catalogues, ``check`` ours, or ``update`` it.

``check`` fails on a text in the code that the Danish catalogue lacks, on one without a translation, on a fuzzy one, on
one nobody uses any more, and on a placeholder that was lost on the way.
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "locale" / "da" / "LC_MESSAGES" / "django.po"
SOURCES = ("lms", "courses", "supervision", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = r"""msgid ""
msgstr ""
"Language: da\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def source_texts(path: Path) -> io.BytesIO:
    text = path.read_text(encoding="utf-8")
    return io.BytesIO((text if path.suffix == ".py" else templatize(text)).encode())


def found() -> Catalog:
    """Every text the code asks gettext for, with where it stands."""
    catalog = Catalog(locale="da", domain="django", project="Fodfæste", fuzzy=False)
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
                continue
            for _line, message, _comments, context in extract("python", source_texts(path), keywords=KEYWORDS):
                catalog.add(message, context=context, locations=[(str(path.relative_to(ROOT)), 1)])
    return catalog


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="da")


def key(message):
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def compile_all() -> None:
    for path in sorted((ROOT / "locale").rglob("*.po")):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


def strings(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def keeps_placeholders(message) -> bool:
    """All of them, and no others. Only »one« may do without its number: »én dag«."""
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted, translated = placeholders(originals[-1]), [placeholders(text) for text in strings(message)]
    return translated[-1] == wanted and all(found <= wanted for found in translated)


def complaints() -> list[str]:
    wanted = {key(message): message for message in found() if message.id}
    have = {key(message): message for message in read(OURS) if message.id}
    lines = [f"not in the catalogue: {name!r}" for name, _context in sorted(wanted.keys() - have.keys(), key=str)]
    lines += [f"no longer used: {name!r}" for name, _context in sorted(have.keys() - wanted.keys(), key=str)]
    for (name, _context), message in have.items():
        if message.fuzzy or not all(strings(message)):
            lines.append(f"not translated: {name!r}")
        elif not keeps_placeholders(message):
            lines.append(f"placeholders differ: {name!r}")
    return lines


def update() -> None:
    """Bring the catalogue in line with the code; translations that exist are kept, dead ones go."""
    known = {key(message): message.string for message in read(OURS) if message.id}
    catalog = found()
    for message in catalog:
        if message.id and key(message) in known:
            message.string = known[key(message)]
        message.locations = []
        message.flags.discard("python-format")
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, omit_header=True, width=110)
    OURS.write_text(HEADER + buffer.getvalue().decode())


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command == "compile":
        compile_all()
    elif command == "update":
        update()
    elif command == "check":
        lines = complaints()
        for line in lines:
            sys.stdout.write(f"translations: {line}\n")
        return 1 if lines else 0
    else:
        sys.stderr.write("usage: translations.py compile | check | update\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
