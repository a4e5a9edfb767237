"""Bring a text to the plainest form a person would read it as, remembering where each character came from."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

ESCAPE = re.compile(r"(?:%[0-9A-Fa-f]{2})+|&#?[0-9A-Za-z]{1,31};?|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[nrt]")
TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
BLOCK_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|h[1-6]|blockquote|pre)\b", re.IGNORECASE)
BACKSLASH = {"\\n": "\n", "\\r": "\n", "\\t": "\t"}
INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Cs"}
DECODING_ROUNDS = 3
# All but the signs Danish text is made of, each of which stands for itself.
ODD = re.compile(r"[^\n\t -~æøåÆØÅéÉèöÖäÄüÜ»«“”‘’–—§€]")


@dataclass(frozen=True)
class Plain:
    """Text where character ``i`` stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, first, after):
        """Where the characters ``first`` up to ``after`` lie in the original."""
        return self.starts[first], self.ends[after - 1]

    def is_split_before(self, index):
        """Was something invisible removed between this character and the one before?"""
        return self.starts[index] > self.ends[index - 1]


def readings(text):
    """Every way to read ``text``: as written, decoded, and decoded without tags. Usually just one."""
    written = _characters(_as_is(text))
    yield written
    decoded = _decoded(_as_is(text))
    if decoded.text != text:
        decoded_characters = _characters(decoded)
        yield decoded_characters
    stripped = _replaced(decoded, TAG, _tag)
    if stripped.text != decoded.text:
        yield _characters(stripped)


def _as_is(text):
    return Plain(text, list(range(len(text))), list(range(1, len(text) + 1)))


def _decoded(plain):
    for _round in range(DECODING_ROUNDS):
        following = _replaced(plain, ESCAPE, _escape)
        if following.text == plain.text:
            break
        plain = following
    return plain


def _escape(written):
    if written.startswith("%"):
        return unquote(written, errors="replace")
    if written.startswith("&"):
        return html.unescape(written)
    if written in BACKSLASH:
        return BACKSLASH[written]
    return chr(int(f"0x{written[2:]}", 0))


def _tag(written):
    return "\n" if BLOCK_TAG.match(written) else ""


def _replaced(plain, pattern, replacement):
    pieces, starts, ends, done = [], [], [], 0
    for match in pattern.finditer(plain.text):
        first, after = match.span()
        new = replacement(match[0])
        pieces += [plain.text[done:first], new]
        starts += plain.starts[done:first] + [plain.starts[first]] * len(new)
        ends += plain.ends[done:first] + [plain.ends[after - 1]] * len(new)
        done = after
    return Plain("".join([*pieces, plain.text[done:]]), starts + plain.starts[done:], ends + plain.ends[done:])


def _characters(plain):
    return _replaced(plain, ODD, _plainer) if ODD.search(plain.text) else plain


@lru_cache(maxsize=2048)
def _plainer(character):
    if character in "\v\f\x85\u2028\u2029":
        return "\n"
    if unicodedata.category(character) in INVISIBLE:
        return ""
    return "".join(_digit(part) for part in unicodedata.normalize("NFKC", character))


def _digit(character):
    return str(unicodedata.decimal(character, "")) or character
