"""Addresses that open something for whoever has them, and what may be a personal number, keep out of every log."""

import logging
import re

# A calendar's token, a signed link, an invitation, the key to a new password: all long, all with figures in them.
SECRET = re.compile(r"(?=[\w:=%.~-]*\d)[\w:=%.~-]{32,}")
# Six digits and four, as in an address somebody searched with; rather once too often than once too seldom.
NUMBER = re.compile(r"(?<!\w)\d{6}(?:%[0-9A-Fa-f]{2}|[^\w\n]|_|\+){0,3}\d{4}(?!\w)")


def masked(text: str) -> str:
    return NUMBER.sub("…", SECRET.sub("…", text))


class MaskSecrets(logging.Filter):
    """On the handler, so that it sees what every logger says: »Not Found: /kalender/….ics« too."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        return True
