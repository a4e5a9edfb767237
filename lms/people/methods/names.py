"""Where in a text a person is named: by a common Danish name, or by the name of a person on the site."""

import re
from collections.abc import Iterable, Iterator

from .danish_names import ALSO_WORDS, COMMON
from .plain import Plain

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What may stand between the end of a sentence and its successor's first word.
OPENING = " \t\"'»«“”‘’([{*_#>-–—•"
SENTENCE_ENDS = ".!?:\n\N{HORIZONTAL ELLIPSIS}"
ABBREVIATION = re.compile(
    r"\b(?:hr|fr|frk|dr|prof|f\.? ?eks|bl\.? ?a|ca|evt|inkl|ekskl|jf|vedr|mht|pga|iht|ang|nuv|tidl|adm|cand|hhv)\.$",
    re.IGNORECASE,
)
LOOK_BACK = 16
SHORTEST = 2


def parts_of(names: Iterable[str]) -> frozenset[str]:
    """The single names people's names consist of, as :func:`names_in` wants them."""
    words = {part for name in names for part in re.split(r"[\s-]+", name.casefold())}
    return frozenset(word for word in words if len(word) >= SHORTEST and word.isalpha())


def names_in(plain: Plain, on_site: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where names stand, a first and a last name as one. ``on_site`` holds the parts of the names of people here."""
    words = [match for match in WORD.finditer(plain.text) if match[0][0].isupper()]
    place = 0
    while place < len(words):
        length = _length_of_name(plain.text, words, place, on_site)
        if length:
            yield words[place].start(), words[place + length - 1].end()
        place += length or 1


def _length_of_name(text, words, place, on_site):
    """How many of the words beginning at ``place`` make a name, if any."""
    if not _is_name(words[place][0], on_site):
        return 0
    length = 1
    while place + length < len(words) and _follows(text, words[place + length - 1], words[place + length]):
        length += 1
    is_full = any(_is_name(words[place + more][0], on_site) for more in range(1, length))
    return length if is_full or _stands_alone(text, words[place], on_site) else 0


def _follows(text, word, following):
    return text[word.end() : following.start()] == " " and not word[0].endswith(("'s", "’s"))


def _stands_alone(text, word, on_site):
    """Is the single word a name? At the beginning of a sentence only one of the site's own that is no other word."""
    if not _begins_sentence(text, word.start()):
        return True
    forms = _forms(word[0])
    return bool(forms & on_site) and not forms & ALSO_WORDS


def _begins_sentence(text, start):
    before = text[max(0, start - LOOK_BACK) : start].rstrip(OPENING)
    if not before:
        return True
    return before[-1] in SENTENCE_ENDS and ABBREVIATION.search(before) is None


def _is_name(word, on_site):
    return any(form in COMMON or form in on_site for form in _forms(word))


def _forms(word):
    """The word as in a dictionary, without the s of the genitive, and its first part: »Mette-Maries« is »mette« too."""
    folded = word.casefold().replace("’", "'")
    plain = folded.removesuffix("'s").removesuffix("'")
    return {plain, plain.removesuffix("s"), plain.partition("-")[0]}
