"""What the writing guard says to whoever wrote: what it found, what could stand there instead, and a tick for a yes."""

from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.formats.text import TextEncrypted, TextTooLong, TextUnavailable
from lms.people.methods import guard

CPR_MESSAGE = _("This looks like a CPR number. The text has not been saved. Remove the number, and it will go through.")
CPR_IN_FILE = _(
    "There is something in the file that looks like a CPR number. The file has not been saved. "
    "Remove the number, and choose it again."
)
LOOKS_LIKE = {
    guard.CPR_LIKE: _("There is something that looks a little like a CPR number."),
    guard.PHONE: _("There is something that looks like a phone number."),
    guard.ADDRESS: _("There is something that looks like an address."),
    guard.EMAIL: _("There is something that looks like an e-mail address."),
    guard.NAME: _(
        "There is something that looks like a name. If it is a citizen, write for instance »a man in his 40s«."
    ),
}
NOT_YET = _("Nothing has been saved yet. Write it otherwise, or tick that it may stand here.")
NOT_YET_FILE = _(
    "Nothing has been saved yet. Change the file, or choose it again by itself and tick that it may stand there."
)
REPLACED = _("What was marked has been replaced. Nothing has been saved yet: read it through, and send it again.")
UNREADABLE = {
    TextUnavailable: _("We cannot look into the file. Save it again in its own program, and choose it again."),
    TextEncrypted: _(
        "The file asks for a password, so we cannot look into it. Save it without one, and choose it again."
    ),
    TextTooLong: _("There is more text in the file than we can look through. Divide it into smaller files."),
}
INSTEAD = {
    guard.CPR_LIKE: _("[number]"),
    guard.PHONE: _("[phone number]"),
    guard.ADDRESS: _("[address]"),
    guard.EMAIL: _("[e-mail address]"),
    guard.NAME: _("[name]"),
}
TICK, REWRITE = "guard-ok", "guard-rewrite"
AROUND = 40
MOST_EXCERPTS = 6


@dataclass(frozen=True)
class Reading:
    """How strictly a form is read, and the day it is read on."""

    today: date
    confidential: bool = False
    names: frozenset[str] = frozenset()

    def verdict(self, text: str) -> guard.Verdict:
        return guard.scan(text, today=self.today, confidential=self.confidential, names=self.names)

    def rewritten(self, text: str) -> str:
        words = {kind: str(word) for kind, word in INSTEAD.items()}
        return guard.rewritten(text, words=words, today=self.today, confidential=self.confidential, names=self.names)


@dataclass(frozen=True)
class Excerpt:
    """A finding as it stands in the text, with a few words around it."""

    before: str
    found: str
    after: str


@dataclass(frozen=True)
class GuardNote:
    """What stands by a field. ``tick`` is empty where there is nothing to say yes to."""

    excerpts: list[Excerpt]
    kinds: list[str]
    tick: str = ""
    is_ticked: bool = False
    can_rewrite: bool = False

    @property
    def is_blocked(self) -> bool:
        return guard.CPR in self.kinds

    @property
    def rewriting(self) -> str:
        """What the button says it will do."""
        words = ", ".join(f"»{INSTEAD[kind]}«" for kind in self.kinds if kind in INSTEAD)
        if not words:
            return gettext("Take the number out")
        if self.is_blocked:
            return gettext("Take the CPR number out, and write %(words)s") % {"words": words}
        return gettext("Write %(words)s instead") % {"words": words}


def excerpts_of(text: str, verdict: guard.Verdict) -> list[Excerpt]:
    return [_excerpt(text, finding.start, finding.end) for finding in verdict.findings[:MOST_EXCERPTS]]


def _excerpt(text, start, end):
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if len(text) > end + AROUND:
        after = after.rpartition(" ")[0] + "…"
    return Excerpt(before, text[start:end], after)


def tick_for(name: str, text: str) -> str:
    """Says yes to one text of one field, and to no other."""
    return salted_hmac("lms.people.guard", f"{name}\0{text}", algorithm="sha256").hexdigest()


def question(kinds: list[str], *, is_file: bool) -> str:
    sentences = [str(LOOKS_LIKE[kind]) for kind in kinds if kind in LOOKS_LIKE]
    return " ".join([*sentences, str(NOT_YET_FILE if is_file else NOT_YET)])
