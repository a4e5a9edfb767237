"""Reads hostile texts with everything of ours that reads text, and says what each took; run as a program of its own."""

import contextlib
import io
import json
import os
import sys
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
django.setup()

from django.http import QueryDict  # noqa: E402 - what follows needs the settings

from lms.backends import danish_sqlite_search, masking  # noqa: E402
from lms.formats import contents, mails, markdown, spreadsheets, text  # noqa: E402
from lms.forum import methods as forum  # noqa: E402
from lms.meetings import itip  # noqa: E402
from lms.meetings.methods import participants  # noqa: E402
from lms.people.methods import guard, saml_metadata  # noqa: E402

TODAY = date(2026, 11, 27)
NAMES = frozenset({"mette", "lindholm"})
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nCOMMENT:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
COLUMNS = ("name", "email", "municipality", "title", "phone")


def read_letter(word):
    raw = f"From: {word}\r\nSubject: {word}\r\nAuthentication-Results: {word}\r\n\r\n{word}".encode()
    mails.sender_of(raw)
    message = mails.read_mail(raw)
    mails.is_automatic(message)
    mails.vouched_for(message, domain="viborg.example", authserv_id="mx")
    return mails.text_of(message)


def read_reply(word):
    body = CALENDAR.format(word)
    return itip.read_reply(f"Content-Type: text/calendar; method=REPLY\r\n\r\n{body}".encode())


READERS = {
    "guard": lambda word: guard.scan(word, today=TODAY, confidential=True, names=NAMES),
    "markdown": markdown.to_html,
    "excerpt": lambda word: markdown.excerpt(word, 200),
    "one line": text.clean_line,
    "lines": text.clean_text,
    "letter": read_letter,
    "calendar's answer": read_reply,
    "log": masking.masked,
    "spreadsheet": lambda word: spreadsheets.read_table(word.encode()),
    "cell": lambda word: spreadsheets.write_csv([[word]]),
    "text file": lambda word: contents.check(io.BytesIO(word.encode()), "txt"),
    "office file": lambda word: contents._fetches(word.encode()),
    "search": danish_sqlite_search.stems,
    "row of an import": lambda word: participants.clean_values(dict.fromkeys(COLUMNS, word)),
    "filter": lambda word: forum.wanted_from(query(word)),
    "metadata": saml_metadata.described_in,
}


def query(word):
    values = QueryDict(mutable=True)
    values.update({"q": word, "efter": word})
    return values


def main():
    took = {}
    for piece, length in json.load(sys.stdin):
        word = (piece * (length // len(piece) + 1))[:length]
        for name, read in READERS.items():
            begun = time.perf_counter()
            # Refusing is an answer too; how long it took is the question.
            with contextlib.suppress(Exception):
                read(word)
            took[f"{name} {piece!r}"] = time.perf_counter() - begun
    json.dump(took, sys.stdout)


if __name__ == "__main__":
    main()
