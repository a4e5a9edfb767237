"""Addresses that open something for whoever has them, and what may be a personal number, keep out of every log."""

import logging
import re

# A calendar's token, a signed link, an invitation, the key to a new password: all long, all with figures in them.
# A whole run at once: looking ahead for the figure from each of its signs would take the square of its length.
LONG_RUN = re.compile(r"[\w:=%.~-]{32,}")
FIGURE = re.compile(r"\d")
# Six digits and four, as in an address somebody searched with; rather once too often than once too seldom.
NUMBER = re.compile(r"(?<!\w)\d{6}(?:%[0-9A-Fa-f]{2}|[^\w\n]|_|\+){0,3}\d{4}(?!\w)")


def masked(text: str) -> str:
    return NUMBER.sub("…", LONG_RUN.sub(_without_secret, text))


def _without_secret(run: re.Match) -> str:
    return "…" if FIGURE.search(run[0]) else run[0]


class MaskSecrets(logging.Filter):
    """On the handler, so that it sees what every logger says: »Not Found: /kalender/….ics« too."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        return True
