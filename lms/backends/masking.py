"""Addresses that open something for whoever has them, calendars and signed links, keep out of every log."""

import logging
import re

# A calendar's token, a signed link, an invitation, the key to a new password: all long, all with figures in them.
SECRET = re.compile(r"(?=[\w:=%.~-]*\d)[\w:=%.~-]{32,}")


def masked(text: str) -> str:
    return SECRET.sub("…", text)


class MaskSecrets(logging.Filter):
    """On the handler, so that it sees what every logger says: »Not Found: /kalender/….ics« too."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        return True
